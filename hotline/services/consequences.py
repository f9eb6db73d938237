"""What follows from the calls that the ledger writes down, besides the ledger itself: in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from hotline.domain.call import Call
from hotline.services import forwarding, transfers, unknown_numbers
from hotline.services.forms import ensure_forms
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

#: Does what follows from these calls as they are now. The same calls come again with every fold of theirs: doing it
#: again must change nothing, and cost next to nothing.
Consequence = Callable[[Transaction, Sequence[Call], datetime], None]


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
