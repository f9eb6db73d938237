"""What follows from the calls that the ledger writes down, besides the ledger itself: in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from hotline.domain.call import Call
from hotline.services import forwarding, transfers, unknown_numbers
from hotline.services.forms import ensure_forms
from hotline.services.ports import Work
from hotline.settings import Settings

#: Does what follows from these calls as they are now. The same calls come again with every fold of theirs: doing it
#: again must change nothing, and cost next to nothing.
Consequence = Callable[[Work, Sequence[Call], datetime], None]


def consequences(settings: Settings) -> tuple[Consequence, ...]:
    """All that a site's calls have."""

    def forms(work: Work, calls: Sequence[Call], now: datetime) -> None:
        ensure_forms(work, settings, calls, now)

    def transfers_settled(work: Work, calls: Sequence[Call], now: datetime) -> None:
        transfers.settle(work, calls)

    def phones_that_forward(work: Work, calls: Sequence[Call], now: datetime) -> None:
        forwarding.watch(work, settings, calls, now)

    def numbers_unknown(work: Work, calls: Sequence[Call], now: datetime) -> None:
        unknown_numbers.watch(work, calls, now)

    return (forms, transfers_settled, phones_that_forward, numbers_unknown)
