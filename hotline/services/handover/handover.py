"""A shift is handed over in writing (F6), and accepted by the next (B7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.handover.handover import AFTER, BEFORE, HandedMatter, ShiftHandover, shift_handed_over, words_of
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staff.records import Person
from hotline.services.access import require_right
from hotline.services.handover.matters import matters_of, pass_on
from hotline.services.handover.notification_kinds import HANDOVER_ACCEPTED, SHIFT_HANDED_OVER
from hotline.services.notifications.notify import notify
from hotline.services.shifts.working import next_at_desk, shifts_of
from hotline.services.staff.concerned import is_with_us
from hotline.services.staff.people import require_oneself
from hotline.storage.audit import AuditLog
from hotline.storage.handover.store import ShiftHandoverStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

MAX_ANSWER = 400


def hand_over(
    storage: Storage,
    words: str,
    passing: Collection[tuple[str, int]],
    to_person_id: int | None,
    actor: Actor,
    now: datetime,
) -> ShiftHandover:
    """All that is open of whoever does it, with their words. `passing`: by kind and id, what is to be the next one's
    once they accept. It is told to whom it is for, or to who follows on the shift. A talk goes on, and its record stays
    whose it is. Raises Forbidden, Refused, Conflict when this shift was handed over."""
    require_right(Act.HAND_OVER_SHIFT, actor)
    with storage.writing() as tx:
        person = require_oneself(tx, actor)
        assert person.id is not None
        matters = [
            HandedMatter(each.kind, each.id, each.title, each.due_at, (each.kind, each.id) in passing)
            for each in matters_of(tx, person, now)
        ]
        written = words_of(words, needed=bool(matters))
        _require_taker(tx, person, to_person_id, now)
        shift = own_shift(tx, person.id, now)
        new = ShiftHandover(
            person.id, now, written, shift.ends_at if shift else None, to_person_id, matters=tuple(matters)
        )
        added = ShiftHandoverStore(tx).add(new)
        takers = [to_person_id] if to_person_id is not None else followers(tx, shift)
        about = f"handover:{added.id}"
        notify(tx, takers, SHIFT_HANDED_OVER, about, now, by=person.name, count=len(matters))
        AuditLog(tx).add(now, actor.name, "handover.write", about, f"{len(matters)} matters")
    return added


def accept(storage: Storage, handover_id: int, answer: str, actor: Actor, now: datetime) -> int:
    """They have read it and take over: how many matters became theirs. Raises Forbidden, NotFound, Refused, Conflict
    when somebody was faster."""
    require_right(Act.HAND_OVER_SHIFT, actor)
    said = answer.strip()
    if len(said) > MAX_ANSWER:
        raise Refused("handover.too_long", field="answer", most=MAX_ANSWER)
    with storage.writing() as tx:
        person = require_oneself(tx, actor)
        found = handover_of(tx, handover_id)
        assert person.id is not None
        if not found.may_be_accepted_by(person.id):
            raise Forbidden("handover.not_for_you")
        if not ShiftHandoverStore(tx).accept(handover_id, person.id, said, now):
            raise Conflict("handover.accepted_already")
        giver = StaffStore(tx).person(found.person_id)
        passing = {(each.kind, each.matter_id) for each in found.matters if each.passes}
        passed = pass_on(tx, giver, person, passing, actor.name, now) if giver is not None else 0
        about = f"handover:{handover_id}"
        notify(tx, [found.person_id], HANDOVER_ACCEPTED, about, now, by=person.name)
        AuditLog(tx).add(now, actor.name, "handover.accept", about, f"{passed} of {len(passing)} matters")
    return passed


def own_shift(tx: Transaction, person_id: int, now: datetime) -> PlannedShift | None:
    """The shift at the desk that they hand over now; None without one in the plan."""
    return shift_handed_over(shifts_of(tx, person_id, now - AFTER, now + BEFORE), person_id, now)


def followers(tx: Transaction, shift: PlannedShift | None) -> list[int]:
    """Who follows on it."""
    found = next_at_desk(tx, shift) if shift is not None else []
    return list(dict.fromkeys(each.person_id for each in found if each.person_id is not None))


def handover_of(tx: Transaction, handover_id: int) -> ShiftHandover:
    """Raises NotFound."""
    found = ShiftHandoverStore(tx).by_id(handover_id) if is_id(handover_id) else None
    if found is None:
        raise NotFound("handover.none")
    return found


def _require_taker(tx: Transaction, person: Person, to_person_id: int | None, now: datetime) -> None:
    if to_person_id is None:
        return
    taker = StaffStore(tx).person(to_person_id)
    if taker is None or not is_with_us(tx, taker, now):
        raise Refused("handover.unknown_taker", field="to")
    if taker.id == person.id:
        raise Refused("handover.to_oneself", field="to")
