"""Hand-overs as they are looked at: one's own page, and all of them for who leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.errors import Refused
from hotline.domain.handover.handover import ShiftHandover, missing
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.shifts.shift import PlannedShift
from hotline.services.access import require_right
from hotline.services.handover.handover import followers, own_shift
from hotline.services.handover.matters import matters_of
from hotline.services.looks import note_look
from hotline.services.open_matter import OpenMatter
from hotline.services.shifts.working import next_at_desk
from hotline.services.staff.people import require_oneself
from hotline.storage.accounts.users import UserStore
from hotline.storage.handover.store import ShiftHandoverStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

LONGEST = timedelta(days=367)
_LATEST = 20
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SeenOwn:
    """`shift`: that ends; None without one in the plan. `done`: it was handed over. `waiting`: what they may accept.
    `next_people`: who follows; `colleagues`: to whom else it can be given, (id, name). `names` by id."""

    matters: Sequence[OpenMatter]
    shift: PlannedShift | None
    done: bool
    waiting: Sequence[ShiftHandover]
    latest: Sequence[ShiftHandover]
    next_people: Sequence[str]
    colleagues: Sequence[tuple[int, str]]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SeenAll:
    """`missing`: shifts that ended and were not handed over. `names` by the person's id."""

    handovers: Sequence[ShiftHandover]
    missing: Sequence[PlannedShift]
    names: Mapping[int, str]


def see_own(storage: Storage, actor: Actor, now: datetime) -> SeenOwn:
    """Raises Forbidden, NotFound for who is none of our people."""
    require_right(Act.HAND_OVER_SHIFT, actor)
    with storage.reading() as tx:
        person = require_oneself(tx, actor)
        person_id = person.id or 0
        store, shift = ShiftHandoverStore(tx), own_shift(tx, person_id, now)
        people = StaffStore(tx).all(active_only=False)
        names = {each.id or 0: each.name for each in people}
        latest = store.of_person(person_id, _LATEST)
        seen = SeenOwn(
            matters_of(tx, person, now),
            shift,
            shift is not None and (person_id, shift.ends_at) in store.ends_handed_over(shift.ends_at),
            [each for each in store.waiting() if each.may_be_accepted_by(person_id)],
            latest,
            [names[each] for each in followers(tx, shift)],
            [(each.id or 0, each.name) for each in people if each.active and each.user_id and each.id != person_id],
            names,
        )
    note_look(storage, actor, now, "handover.view", "handovers")
    return seen


def see_all(storage: Storage, actor: Actor, since: datetime, until: datetime, now: datetime) -> SeenAll:
    """Of [since, until); leaders see their people's. Raises Forbidden, Refused for more than a year."""
    require_right(Act.SEE_HANDOVERS, actor)
    if not since < until <= since + LONGEST:
        raise Refused("handover.time", field="since")
    with storage.reading() as tx:
        visible = _visible(tx, actor)
        handovers = [each for each in ShiftHandoverStore(tx).between(since, until) if each.person_id in visible]
        missed = missing_shifts(tx, since, min(until, now))
    note_look(storage, actor, now, "handovers.view", "handovers")
    return SeenAll(handovers, [each for each in missed if each.person_id in visible], visible)


def missing_shifts(tx: Transaction, since: datetime, until: datetime) -> list[PlannedShift]:
    """That ended in [since, until], had somebody to follow on, and were not handed over."""
    near = ShiftStore(tx).between(since - _MOMENT, until + _MOMENT, duty=False)
    found = missing(near, ShiftHandoverStore(tx).ends_handed_over(since), since, until)
    return [each for each in found if next_at_desk(tx, each)]


def _visible(tx: Transaction, actor: Actor) -> dict[int, str]:
    """Names by id."""
    people = StaffStore(tx).all(active_only=False)
    if may(Act.SEE_HANDOVERS, actor.roles):
        return {each.id or 0: each.name for each in people}
    led = actor.led.usernames if may(Act.SEE_HANDOVERS, actor.roles, {Tie.LED}) else frozenset()
    accounts = {user.id for user in UserStore(tx).all() if user.username in led}
    return {each.id or 0: each.name for each in people if each.user_id in accounts}
