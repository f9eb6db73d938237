"""Leave (F6): asked for a day ahead, accepted or refused by a supervisor; accepted, the person is away, and their
deputy has what is theirs to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, roles_for
from hotline.domain.shifts.leave import Leave, LeaveState, LeaveWish, require_ahead
from hotline.domain.staff.deputies import require_fit_absence
from hotline.domain.staff.records import Absence, Person
from hotline.domain.time import minute_text
from hotline.services.access import require_right
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notify import notify
from hotline.services.shifts.notification_kinds import LEAVE_ACCEPTED, LEAVE_ASKED, LEAVE_REFUSED
from hotline.services.shifts.open_shifts import open_for_leave
from hotline.services.shifts.plan import FARTHEST, person_here, require_words
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.shifts.requests import LeaveStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

LONGEST = timedelta(days=366)


def ask_leave(storage: Storage, settings: Settings, wish: LeaveWish, actor: Actor, now: datetime) -> Leave:
    """Of oneself. Who decides is told. Raises Forbidden, Refused: it is asked for late (F6), ends before it begins, or
    they have asked for this time already."""
    require_right(Act.USE_OWN_SHIFTS, actor)
    with storage.writing() as tx:
        person = require_own(tx, actor)
        require_ahead(wish.since, now, settings.shifts.leave_days_ahead)
        made = LeaveStore(tx).add(_asked(tx, person, wish, actor, now))
        AuditLog(tx).add(now, actor.name, "leave.ask", f"leave:{made.id}", _span(made))
        told = set(persons_of(tx, settings, roles_for(Act.PLAN_SHIFTS), now)) - {person.id or 0}
        its = f"leave:{made.id}"
        notify(tx, sorted(told), LEAVE_ASKED, its, now, by=person.name, from_at=wish.since, until_at=wish.until)
    return made


def enter_leave(
    storage: Storage, settings: Settings, person_id: int, wish: LeaveWish, actor: Actor, now: datetime
) -> Leave:
    """Of somebody else, accepted at once: who fell ill asks nobody a day ahead. Raises Forbidden, Refused."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.writing() as tx:
        person = person_here(tx, person_id, now)
        _require_not_oneself(tx, person_id, actor)
        made = LeaveStore(tx).add(_asked(tx, person, wish, actor, now))
        return _accept(tx, settings, made, "", actor, now)


def decide_leave(
    storage: Storage, settings: Settings, leave_id: int, accepted: bool, words: str, actor: Actor, now: datetime
) -> Leave:
    """Once it is granted, their shifts of that time are open. Raises Forbidden for one's own, NotFound, Conflict when
    it was decided or withdrawn, Refused: no reason for a refusal, or they are away then already."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.writing() as tx:
        found = _get(tx, leave_id)
        _require_not_oneself(tx, found.person_id, actor)
        if found.state is not LeaveState.ASKED:
            raise Conflict("shifts.leave_decided")
        if accepted:
            return _accept(tx, settings, found, require_words(words), actor, now)
        words = require_words(words)
        if not words:
            raise Refused("shifts.reason", field="words")
        refused = _decided(tx, found, LeaveState.REFUSED, words, actor, now)
        _tell(tx, refused, actor, now)
        return refused


def withdraw_leave(storage: Storage, leave_id: int, actor: Actor, now: datetime) -> Leave:
    """One's own, or any for who plans: what was accepted is taken back, or ends now. Raises Forbidden, NotFound,
    Conflict for what was refused or is over."""
    with storage.writing() as tx:
        found = _get(tx, leave_id)
        own = own_person(tx, actor)
        if own is None or own.id != found.person_id:
            require_right(Act.PLAN_SHIFTS, actor)
        if found.state not in (LeaveState.ASKED, LeaveState.ACCEPTED) or found.until <= now:
            raise Conflict("shifts.leave_over")
        if found.absence_id is not None:
            _end_absence(tx, found, now)
        back = replace(found, state=LeaveState.WITHDRAWN, until=max(found.since, min(found.until, now)))
        if found.since >= now:
            back = replace(back, until=found.until)
        LeaveStore(tx).change(back, found.state)
        AuditLog(tx).add(now, actor.name, "leave.withdraw", f"leave:{leave_id}", _span(found))
    return back


def list_leaves(storage: Storage, state: LeaveState | None, limit: int, actor: Actor) -> Sequence[Leave]:
    """The latest first. Raises Forbidden."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.reading() as tx:
        return LeaveStore(tx).search(states=None if state is None else (state,), limit=limit)


def require_own(tx: Transaction, actor: Actor) -> Person:
    """Raises Refused for who is none of our people: a program."""
    person = own_person(tx, actor)
    if person is None or person.id is None:
        raise Refused("shifts.nobody_of_ours")
    return person


def _asked(tx: Transaction, person: Person, wish: LeaveWish, actor: Actor, now: datetime) -> Leave:
    since, until, deputy_id = wish.since, wish.until, wish.deputy_id
    if until <= since:
        raise Refused("shifts.ends_before", field="until")
    if until <= now:
        raise Refused("shifts.over", field="until")
    if since - now > FARTHEST:
        raise Refused("shifts.too_far", field="since", days=FARTHEST.days)
    if until - since > LONGEST:
        raise Refused("shifts.leave_long", field="until", days=LONGEST.days)
    reason = require_words(wish.reason, "reason")
    if not reason:
        raise Refused("shifts.reason", field="reason")
    if deputy_id is not None and (deputy_id == person.id or StaffStore(tx).person(deputy_id) is None):
        raise Refused("shifts.no_deputy", field="deputy")
    assert person.id is not None
    ShiftStore(tx).hold_person(person.id)
    if any(each.person_id == person.id for each in LeaveStore(tx).between(since, until)):
        raise Refused("shifts.leave_twice", field="since")
    return Leave(person.id, since, until, reason, now, actor.name, deputy_id)


def _accept(tx: Transaction, settings: Settings, leave: Leave, words: str, actor: Actor, now: datetime) -> Leave:
    absence = Absence(leave.person_id, leave.since, leave.until, leave.deputy_id)
    require_fit_absence(AbsenceStore(tx).search(person_id=leave.person_id), absence)
    written = AbsenceStore(tx).add(absence)
    AuditLog(tx).add(now, actor.name, "absence.add", f"person:{leave.person_id}", _span(leave))
    accepted = _decided(tx, replace(leave, absence_id=written.id), LeaveState.ACCEPTED, words, actor, now)
    open_for_leave(tx, settings, accepted, actor, now)
    _tell(tx, accepted, actor, now)
    return accepted


def _decided(tx: Transaction, leave: Leave, state: LeaveState, words: str, actor: Actor, now: datetime) -> Leave:
    decided = replace(leave, state=state, decided_at=now, decided_by=actor.name, answer=words)
    if not LeaveStore(tx).change(decided, LeaveState.ASKED):
        raise Conflict("shifts.leave_decided")
    action = "leave.accept" if state is LeaveState.ACCEPTED else "leave.refuse"
    AuditLog(tx).add(now, actor.name, action, f"leave:{leave.id}", _span(leave))
    return decided


def _tell(tx: Transaction, leave: Leave, actor: Actor, now: datetime) -> None:
    kind = LEAVE_ACCEPTED if leave.state is LeaveState.ACCEPTED else LEAVE_REFUSED
    its, by = f"leave:{leave.id}", actor.display_name
    notify(tx, [leave.person_id], kind, its, now, by=by, from_at=leave.since, until_at=leave.until)


def _end_absence(tx: Transaction, leave: Leave, now: datetime) -> None:
    assert leave.absence_id is not None
    if leave.since >= now:
        AbsenceStore(tx).remove(leave.absence_id)
    else:
        AbsenceStore(tx).end(leave.absence_id, now)


def _require_not_oneself(tx: Transaction, person_id: int, actor: Actor) -> None:
    own = own_person(tx, actor)
    if own is not None and own.id == person_id:
        raise Forbidden("shifts.own_leave")


def _get(tx: Transaction, leave_id: int) -> Leave:
    found = LeaveStore(tx).get(leave_id) if is_id(leave_id) else None
    if found is None:
        raise NotFound("shifts.no_leave", id=leave_id)
    return found


def _span(leave: Leave) -> str:
    return f"{minute_text(leave.since)} to {minute_text(leave.until)}, deputy {leave.deputy_id or '-'}"
