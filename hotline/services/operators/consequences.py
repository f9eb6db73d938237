"""What passing callers on has of the calls that the ledger writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.services.operators import transfers
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


def _all(settings: Settings) -> Iterator[Consequence]:
    def transfers_settled(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        transfers.settle(tx, calls)

    yield transfers_settled


CONSEQUENCES = Consequences(_all)
