"""Who works when (F6): what routing, visits, hand-overs and the staffing of the day ask of the plan.

All of it goes by published shifts. Whoever is away (`absence`) does not work then, whatever the plan says, and has no
turn with the duty mobile: who is rung then says `hotline/services/line/there.py` (A2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.interval import Interval, subtract
from hotline.domain.line.roster import Gap
from hotline.domain.line.roster import Shift as DutyShift
from hotline.domain.shifts import faults
from hotline.domain.shifts.shift import PlannedShift, ShiftOrigin, merged
from hotline.domain.staff.records import Person
from hotline.services.calendar import work_calendar
from hotline.services.line.duty import settings_shifts
from hotline.services.staff.concerned import named
from hotline.settings import Settings
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

_MOMENT = timedelta(microseconds=1)


def working(tx: Transaction, settings: Settings, at: datetime, line: str = "") -> list[PlannedShift]:
    """Shifts at this moment, of this line or, with "", of any; desks and the duty mobile (`duty`)."""
    return [each for each in working_between(tx, settings, at, at + _MOMENT, line) if each.covers(at)]


def working_between(
    tx: Transaction, settings: Settings, since: datetime, until: datetime, line: str = ""
) -> list[PlannedShift]:
    """Published shifts that meet [since, until), by start, those of the settings file too; parted where their person is
    away."""
    found = [*ShiftStore(tx).between(since, until), *shifts_of_settings(tx, settings, since, until)]
    away = absences(tx)
    parts = (part for each in found if each.is_for(line) for part in while_there(each, away))
    return sorted((each for each in parts if each.meets(since, until)), key=lambda each: each.starts_at)


def working_spans(
    tx: Transaction, settings: Settings, people: Collection[int], since: datetime, until: datetime
) -> dict[int, list[Interval]]:
    """By person, when they are at the desk within [since, until): in order, none of it twice. Who is not at all is not
    there; ask `is_planned` first where no plan means the line's hours."""
    found: defaultdict[int, list[Interval]] = defaultdict(list)
    away = absences(tx)
    for shift in ShiftStore(tx).between(since, until, duty=False, people=people):
        for part in while_there(shift, away):
            if shift.person_id is not None and part.meets(since, until):
                found[shift.person_id].append(Interval(max(part.starts_at, since), min(part.ends_at, until)))
    return {person_id: merged(spans) for person_id, spans in found.items()}


def is_planned(tx: Transaction, since: datetime, until: datetime) -> bool:
    """Whether any desk is planned and published in [since, until): a site may keep no plan."""
    return ShiftStore(tx).is_there(since, until)


def shifts_of(tx: Transaction, person_id: int, since: datetime, until: datetime) -> list[PlannedShift]:
    """One person's published shifts that meet [since, until), by start, as they are planned."""
    return ShiftStore(tx).between(since, until, people=(person_id,))


def ending(tx: Transaction, since: datetime, until: datetime) -> list[PlannedShift]:
    """Published shifts that end within [since, until): the moments of hand-overs."""
    return ShiftStore(tx).ending(since, until)


def next_at_desk(tx: Transaction, shift: PlannedShift, within: timedelta = timedelta(hours=24)) -> list[PlannedShift]:
    """Who follows on this shift: others' shifts for one of its lines that go on at its end, else those that begin next
    within this time, all that begin at the same moment."""
    found = [
        each
        for each in ShiftStore(tx).between(shift.ends_at, shift.ends_at + within, duty=shift.duty)
        if not each.is_of(shift) and (not shift.lines or any(map(each.is_for, shift.lines)))
    ]
    going_on = [each for each in found if each.covers(shift.ends_at)]
    first = min((each.starts_at for each in found), default=None)
    return going_on or [each for each in found if each.starts_at == first]


def desk_gaps(tx: Transaction, settings: Settings, since: datetime, until: datetime) -> list[Gap]:
    """When a line is open and nobody is planned at its desks (F6); without any plan in this time there are none to tell
    of."""
    if not is_planned(tx, since, until):
        return []
    shifts = working_between(tx, settings, since, until)
    return faults.gaps(shifts, {line: work_calendar(settings, line) for line in settings.lines}, since, until)


def absences(tx: Transaction) -> dict[int, list[Interval]]:
    """When people are away, by their id."""
    found: defaultdict[int, list[Interval]] = defaultdict(list)
    for each in AbsenceStore(tx).search():
        found[each.person_id].append(Interval(each.since, each.until))
    return found


def shifts_of_settings(tx: Transaction, settings: Settings, since: datetime, until: datetime) -> list[PlannedShift]:
    """[[roster]] as shifts."""
    entries = [each for each in settings_shifts(settings) if each.starts_at < until and each.ends_at > since]
    people = StaffStore(tx).all() if entries else []
    return [_of_settings(each, people) for each in entries]


def _of_settings(shift: DutyShift, people: Sequence[Person]) -> PlannedShift:
    person = named(people, shift.person)
    return PlannedShift(
        person=shift.person,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        person_id=person.id if person else None,
        duty=True,
        lines=shift.lines,
        numbers=shift.numbers,
        backups=shift.backups,
        note=shift.note,
        origin=ShiftOrigin.SETTINGS,
        published_at=shift.starts_at,
    )


def while_there(shift: PlannedShift, away: Mapping[int, Sequence[Interval]]) -> list[PlannedShift]:
    """The parts of it in which its person is not away."""
    spans = list(away.get(shift.person_id or 0, ()))
    if not any(shift.meets(each.starts_at, each.ends_at) for each in spans):
        return [shift]
    left = subtract(shift.span, spans)
    return [
        replace(shift, starts_at=each.starts_at, ends_at=each.ends_at) for each in left if each.starts_at < each.ends_at
    ]
