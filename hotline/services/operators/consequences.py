"""What passing callers on and raised hands have of the calls that the ledger writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.services.operators import hands, transfers
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


def _all(settings: Settings) -> Iterator[Consequence]:
    def transfers_settled(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        transfers.settle(tx, calls)

    def hands_lowered(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        hands.lower_after(tx, calls, now)

    yield transfers_settled
    yield hands_lowered


CONSEQUENCES = Consequences(_all)
