"""What flavours have of the calls that the ledger writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


def _all(settings: Settings) -> Iterator[Consequence]:
    yield flavours_noted


def flavours_noted(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
    pass


CONSEQUENCES = Consequences(_all)
