"""What another calendar, or another setting, makes of a deadline that is open."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.deadlines.fingerprint import what_changed
from hotline.domain.deadlines.kept import DeadlineMove, KeptDeadline
from hotline.domain.deadlines.term import Agreed
from hotline.services.deadlines.clock import Counting
from hotline.storage.deadlines.moves import DeadlineMoveStore
from hotline.storage.transaction import Transaction

#: Who moves deadlines when nobody asked for it.
SYSTEM = "jobs"


def counted_now(kept: KeptDeadline, way: Counting, now: datetime, by: str) -> tuple[KeptDeadline, DeadlineMove | None]:
    """As it is by the calendar and the settings in force; what moved it, if its due time is another."""
    term = way.usual if kept.by_setting and way.usual else kept.deadline.term
    happened = kept.deadline
    if term != happened.term and not (happened.pause and isinstance(term, Agreed)):
        happened = happened.under(term)
    after = kept.recounted(happened, way.calendar, way.warn_before, way.counted_by, now)
    counted_first = not kept.counted_by and kept.due_at is None
    if after.due_at == kept.due_at or counted_first:
        return after, None
    calendar_changed = bool(kept.counted_by) and what_changed(kept.counted_by, after.counted_by)[0]
    # What was kept before there were terms is under the moment that was written then.
    term_changed = bool(kept.counted_by) and term != kept.deadline.term
    return after, DeadlineMove(
        kept.clock, kept.object_id, kept.due_at, after.due_at, calendar_changed, term_changed, now, by
    )


def brought_up(tx: Transaction, kept: KeptDeadline, way: Counting, now: datetime) -> KeptDeadline:
    """The same for one that is about to change: what moved it before that is kept apart from the change."""
    if kept.counted_by == way.counted_by or not kept.deadline.is_open:
        return kept
    after, move = counted_now(kept, way, now, SYSTEM)
    DeadlineMoveStore(tx).add([move] if move else [])
    return after
