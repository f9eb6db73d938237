"""What else is written when the ledger writes calls, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.services.calls.consequence import Consequence
from hotline.services.forms.forms import ensure_forms
from hotline.services.operators import transfers
from hotline.services.ways_in import forwarding, unknown_numbers
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


def consequences(settings: Settings) -> tuple[Consequence, ...]:
    """All that a site's calls have."""

    def forms(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        ensure_forms(tx, settings, calls, now)

    def transfers_settled(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        transfers.settle(tx, calls)

    def phones_that_forward(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        forwarding.watch(tx, settings, calls, now)

    def numbers_unknown(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        unknown_numbers.watch(tx, calls, now)

    return (forms, transfers_settled, phones_that_forward, numbers_unknown)
