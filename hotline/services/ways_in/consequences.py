"""What the watch over ways in has of the calls that the ledger writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.services.ways_in import forwarding, unknown_numbers
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


def _all(settings: Settings) -> Iterator[Consequence]:
    def phones_that_forward(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        forwarding.watch(tx, settings, calls, now)

    def numbers_unknown(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        unknown_numbers.watch(tx, calls, now)

    yield phones_that_forward
    yield numbers_unknown


CONSEQUENCES = Consequences(_all)
