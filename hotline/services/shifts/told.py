"""Whom a change of the plan touches is told, once it was published (F6): of drafts nobody hears."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from hotline.domain.notifications.kind import NotificationKind
from hotline.domain.shifts.shift import PlannedShift
from hotline.services.notifications.notify import notify
from hotline.services.shifts.notification_kinds import SHIFT_ADDED, SHIFT_CHANGED, SHIFT_TAKEN_AWAY
from hotline.storage.transaction import Transaction


def tell_change(
    tx: Transaction, before: PlannedShift | None, after: PlannedShift | None, now: datetime, but: Collection[int] = ()
) -> None:
    """`before` None: it is new; `after` None: it is gone. Those named in `but` know already, and what is over concerns
    nobody."""
    old = before if before is not None and before.is_published and before.ends_at > now else None
    new = after if after is not None and after.is_published and after.ends_at > now else None
    if old is not None and (new is None or not new.is_of(old)):
        _tell(tx, old, SHIFT_TAKEN_AWAY, now, but)
    if new is not None and (old is None or not new.is_of(old)):
        _tell(tx, new, SHIFT_ADDED, now, but)
    same = old is not None and new is not None and new.is_of(old)
    if same and old is not None and new is not None and _seen(old) != _seen(new):
        _tell(tx, new, SHIFT_CHANGED, now, but, old.starts_at)


def _tell(
    tx: Transaction,
    shift: PlannedShift,
    kind: NotificationKind,
    now: datetime,
    but: Collection[int],
    was_from: datetime | None = None,
) -> None:
    if shift.person_id is not None and shift.person_id not in but:
        notify(
            tx,
            [shift.person_id],
            kind,
            f"own_shifts:{shift.person_id}",
            now,
            from_at=shift.starts_at,
            until_at=shift.ends_at,
            was_from_at=was_from,
        )


def _seen(shift: PlannedShift) -> tuple[object, ...]:
    """What of it matters to whoever has it."""
    return shift.starts_at, shift.ends_at, shift.kind, shift.lines, shift.queues, shift.duty
