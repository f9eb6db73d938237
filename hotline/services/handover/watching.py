"""Hand-overs that are missing, or that nobody accepts, are told of; each once."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.handover.handover import ShiftHandover
from hotline.domain.shifts.shift import PlannedShift
from hotline.services.handover.notification_kinds import HANDOVER_MISSING, HANDOVER_NOT_ACCEPTED
from hotline.services.handover.seeing import missing_shifts
from hotline.services.notifications.notify import notify
from hotline.services.overseers import overseers_of
from hotline.settings import Settings
from hotline.storage.handover.store import ShiftHandoverStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: What ended longer ago is in the list, and is told to nobody any more.
_BACK = timedelta(hours=24)


def tell_missing(storage: Storage, settings: Settings, now: datetime) -> int:
    """How many were told."""
    if not settings.handover.due_minutes:
        return 0
    due = now - timedelta(minutes=settings.handover.due_minutes)
    with storage.reading() as tx:
        missed = missing_shifts(tx, now - _BACK, due)
        left = [each for each in ShiftHandoverStore(tx).waiting() if now - _BACK < _ended(each) <= due]
    if not missed and not left:
        return 0
    with storage.writing() as tx:
        return sum(_tell_missing(tx, settings, each, now) for each in missed) + sum(
            _tell_left(tx, settings, each, now) for each in left
        )


def _ended(handover: ShiftHandover) -> datetime:
    return max(handover.shift_ends_at or handover.written_at, handover.written_at)


def _tell_missing(tx: Transaction, settings: Settings, shift: PlannedShift, now: datetime) -> int:
    assert shift.person_id is not None
    people = [shift.person_id, *overseers_of(tx, settings, shift.person_id, now)]
    once = f"handover:{shift.person_id}:{shift.ends_at.isoformat()}"
    return sum(
        notify(
            tx,
            [each],
            HANDOVER_MISSING,
            f"missing_handover:{shift.person_id}",
            now,
            once=f"{once}:{each}",
            who=shift.person,
            ended_at=shift.ends_at,
        )
        for each in people
    )


def _tell_left(tx: Transaction, settings: Settings, handover: ShiftHandover, now: datetime) -> int:
    giver = StaffStore(tx).person(handover.person_id)
    people = [handover.to_person_id] if handover.to_person_id is not None else []
    told = [*people, *overseers_of(tx, settings, handover.person_id, now)]
    return sum(
        notify(
            tx,
            [each],
            HANDOVER_NOT_ACCEPTED,
            f"handover:{handover.id}",
            now,
            once=f"handover:{handover.id}:left:{each}",
            who=giver.name if giver else "",
            ended_at=_ended(handover),
        )
        for each in dict.fromkeys(told)
    )
