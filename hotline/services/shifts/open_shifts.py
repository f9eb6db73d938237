"""Shifts that nobody has (F6): whoever is granted leave loses theirs, and a supervisor gives them to somebody else.

An open shift is a draft without a person: it covers nobody's desk and no duty mobile, so that the gap is seen and told
(A16) until somebody has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.ids import is_id
from hotline.domain.interval import Interval
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, roles_for
from hotline.domain.shifts.leave import Leave
from hotline.domain.shifts.parting import parted
from hotline.domain.shifts.shift import PlannedShift
from hotline.services.access import require_right
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notify import notify
from hotline.services.shifts.notification_kinds import SHIFTS_OPEN
from hotline.services.shifts.plan import person_here, require_reachable, require_room, told_of
from hotline.services.shifts.told import tell_change
from hotline.services.shifts.working import absences
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


def open_for_leave(
    tx: Transaction, settings: Settings, leave: Leave, actor: Actor, now: datetime
) -> Sequence[PlannedShift]:
    """Whoever is on leave loses what is published of that time, at the desk and with the duty mobile; what is over or
    a draft stays. Who plans is told. The open ones, by start."""
    away = Interval(max(leave.since, now), leave.until)
    if away.ends_at <= away.starts_at:
        return ()
    found = ShiftStore(tx).between(away.starts_at, away.ends_at, people=(leave.person_id,))
    opened = [part for each in found if (part := _part(tx, each, away, actor, now)) is not None]
    if opened:
        _tell(tx, settings, leave, opened, actor, now)
    return opened


def list_open(storage: Storage, actor: Actor, now: datetime) -> Sequence[PlannedShift]:
    """Those that are not over, by start. Raises Forbidden."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.reading() as tx:
        return ShiftStore(tx).open_ones(now)


def give_shift(
    storage: Storage, shift_id: int, version: int, person_id: int, actor: Actor, now: datetime
) -> PlannedShift:
    """An open shift is this person's at once, and they are told. Raises Forbidden, NotFound, Outdated, Conflict for one
    that somebody has, Refused: it is over, they are away then, have another one, or no number for the duty mobile."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.writing() as tx:
        old = ShiftStore(tx).get(shift_id) if is_id(shift_id) else None
        if old is None:
            raise NotFound("shifts.no_shift", id=shift_id)
        if not old.is_open:
            raise Conflict("shifts.not_open")
        if old.ends_at <= now:
            raise Refused("shifts.over")
        person = person_here(tx, person_id, now)
        given = replace(old, person=person.name, person_id=person.id, published_at=now, version=version + 1)
        if any(given.meets(each.starts_at, each.ends_at) for each in absences(tx).get(person_id, ())):
            raise Refused("shifts.away_then", field="person")
        require_room(tx, given)
        require_reachable(tx, [given])
        if not ShiftStore(tx).change(given, version):
            raise Outdated("shifts.changed_meanwhile")
        tell_change(tx, None, given, now)
        AuditLog(tx).add(now, actor.name, "shift.give", f"shift:{shift_id}", told_of(given))
    return given


def _part(tx: Transaction, shift: PlannedShift, away: Interval, actor: Actor, now: datetime) -> PlannedShift | None:
    """The row stays with what it has first; further parts are rows of their own."""
    parts = parted(shift, away)
    if parts is None or shift.id is None:
        return None
    first, *others = sorted((*parts.kept, parts.open), key=lambda each: each.starts_at)
    if not ShiftStore(tx).change(replace(first, id=shift.id, version=shift.version + 1), shift.version):
        raise Outdated("shifts.changed_meanwhile")
    ids = {first.starts_at: shift.id} | {each.starts_at: ShiftStore(tx).add(each).id for each in others}
    AuditLog(tx).add(now, actor.name, "shift.open", f"shift:{shift.id}", told_of(shift))
    return replace(parts.open, id=ids[parts.open.starts_at])


def _tell(
    tx: Transaction, settings: Settings, leave: Leave, opened: Sequence[PlannedShift], actor: Actor, now: datetime
) -> None:
    """Whoever granted it sees so on the page."""
    own, person = own_person(tx, actor), StaffStore(tx).person(leave.person_id)
    told = set(persons_of(tx, settings, roles_for(Act.PLAN_SHIFTS), now)) - {own.id or 0 if own is not None else 0}
    notify(
        tx,
        sorted(told),
        SHIFTS_OPEN,
        f"leave:{leave.id}",
        now,
        whose=person.name if person is not None else "",
        count=len(opened),
        from_at=opened[0].starts_at,
    )
