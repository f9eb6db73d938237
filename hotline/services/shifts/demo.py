"""A month that is planned in part: weeks that are published, drafts, the duty mobile in turn, leave and swaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.numbers import normalise
from hotline.domain.shifts.leave import Leave, LeaveState
from hotline.domain.shifts.pattern import laid_out
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.shifts.skill import SkillLevel
from hotline.domain.shifts.swap import Swap, SwapState
from hotline.domain.staff.records import Absence, Person
from hotline.domain.time import midnight
from hotline.services.demo import Demo, Stage
from hotline.services.shifts.kinds import patterns, shift_kinds
from hotline.services.staff.sync import sync_operators
from hotline.storage.shifts.requests import LeaveStore, SwapStore
from hotline.storage.shifts.skills import SkillStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

_WEEK = timedelta(days=7)
#: Patterns, and for which of the people in turn.
_LAID = (("two_on_two_off", 0, 4), ("evenings", 1, 3), ("duty", 0, 2))


def _write(stage: Stage, now: datetime) -> None:
    with stage.storage.writing() as tx:
        sync_operators(tx, stage.settings.operators, now)
        if ShiftStore(tx).between(now - _WEEK * 9, now + _WEEK * 9, drafts=True):
            return
        people = _with_mobiles(StaffStore(tx).all()[:6], tx)
        if len(people) < 3:
            return
        first = local_day(now) - timedelta(days=local_day(now).weekday() + 7)
        for pattern_id, since, until in _LAID:
            _lay_out(tx, stage, pattern_id, people[since:until], midnight(first), now)
        _ask(tx, people, now)
        for place, person in enumerate(people):
            for queue in stage.settings.queues:
                SkillStore(tx).put(person.id or 0, queue, SkillLevel(3 - place % 2))


def _with_mobiles(people: list[Person], tx: Transaction) -> list[Person]:
    """Whoever has the duty mobile needs a number."""
    found = []
    for place, person in enumerate(people):
        if not person.mobile:
            mobile = normalise(f"1390000{place:04}")
            changed = replace(person, mobile=mobile, version=person.version + 1)
            StaffStore(tx).update_person(changed, person.version)
            person = changed
        found.append(person)
    return found


def _lay_out(
    tx: Transaction, stage: Stage, pattern_id: str, people: list[Person], since: datetime, now: datetime
) -> None:
    """Three weeks are published, the fourth is a draft; so is the duty mobile: the simulation's calls go by it."""
    pattern = patterns(stage.settings).get(pattern_id)
    if pattern is None or not people:
        return
    kinds, first = shift_kinds(stage.settings), local_day(since)
    new = []
    for each in laid_out(pattern, len(people), first, first + timedelta(days=27)):
        kind, person = kinds[each.kind], people[each.place]
        span = kind.hours.on(each.day)
        shift = PlannedShift(person.name, span.starts_at, span.ends_at, person.id, kind.id, kind.duty)
        new.append(replace(shift, published_at=None if kind.duty or each.day >= first + 3 * _WEEK else now))
    ShiftStore(tx).add_all(new)


def _ask(tx: Transaction, people: list[Person], now: datetime) -> None:
    first, second, third = people[:3]
    day = midnight(local_day(now) + timedelta(days=9))
    asked = Leave(third.id or 0, day, day + timedelta(days=2), "家中有事", now, third.name, first.id)
    LeaveStore(tx).add(asked)
    until = midnight(local_day(now) + timedelta(days=5))
    away = Absence(second.id or 0, until - timedelta(days=1), until, first.id)
    absence = AbsenceStore(tx).add(away)
    LeaveStore(tx).add(
        replace(
            asked,
            person_id=second.id or 0,
            since=away.since,
            until=away.until,
            reason="体检",
            asked_by=second.name,
            state=LeaveState.ACCEPTED,
            decided_at=now,
            decided_by="super",
            absence_id=absence.id,
        )
    )
    for place, state in enumerate((SwapState.ASKED, SwapState.ACCEPTED, SwapState.DONE)):
        _swap(tx, first, second, place, state, now)


def _swap(tx: Transaction, asker: Person, taker: Person, place: int, state: SwapState, now: datetime) -> None:
    own = ShiftStore(tx).between(now, now + 2 * _WEEK, duty=False, people=(asker.id or 0,))
    free = [each for each in own if each.starts_at > now]
    if len(free) <= place:
        return
    given = free[place]
    SwapStore(tx).add(
        Swap(
            shift_id=given.id or 0,
            asker_id=asker.id or 0,
            taker_id=taker.id or 0,
            asked_at=now,
            starts_at=given.starts_at,
            ends_at=given.ends_at,
            words="家长会",
            state=state,
            answered_at=None if state is SwapState.ASKED else now,
        )
    )


DEMO = Demo(_write)
