"""The plan as its page shows it: a row a person, a column a day, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain import pinyin
from hotline.domain.calendar import Day, local_day
from hotline.domain.errors import NotFound
from hotline.domain.interval import Interval
from hotline.domain.line.roster import Gap
from hotline.domain.line.there import There
from hotline.domain.months import monday_of
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.shifts import faults
from hotline.domain.shifts.faults import Fault
from hotline.domain.shifts.leave import Leave, LeaveState
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.shifts.skill import SkillLevel
from hotline.domain.time import end_of_day, midnight
from hotline.services.access import require_right
from hotline.services.calendar import work_calendar
from hotline.services.line.duty import always_on_duty
from hotline.services.line.names import require_line
from hotline.services.line.there import who_is_there
from hotline.services.shifts.kinds import limits, pause_of
from hotline.services.shifts.skills import known_queues
from hotline.services.shifts.working import absences, shifts_of_settings, while_there
from hotline.settings import Settings
from hotline.storage.shifts.requests import LeaveStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage

#: Rests reach beyond the weeks that are shown.
_AROUND = timedelta(days=2)
_DAY = timedelta(days=1)
#: Whose open shifts are, as rows are known by: they stand first.
_NOBODY = (0, "")


@dataclass(frozen=True, slots=True)
class PlanQuery:
    """Which days, both included; of one line, of who knows one ring group, whose name has these words."""

    first: date
    last: date
    line: str = ""
    queue: str = ""
    q: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`cells`: by day, in the order of the page. `person_id` 0: known by name alone. `away`: places of days on which
    they are away; `asked`: on which they asked to be. `hours`: at the desk in these days, pauses not counted."""

    person_id: int
    name: str
    queues: Mapping[str, SkillLevel]
    cells: Sequence[Sequence[PlannedShift]]
    away: frozenset[int]
    asked: frozenset[int]
    hours: float


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`wrong`: by shift's id. `gaps`: nobody at a line's desks while it is open; `duty_gaps`: nobody has its duty
    mobile while it is closed (A16); both from now on. `drafts`: how many wait to be published."""

    days: Sequence[Day]
    rows: Sequence[PlanRow]
    faults: Sequence[Fault]
    wrong: Mapping[int, Sequence[Fault]]
    gaps: Sequence[Gap]
    duty_gaps: Sequence[Gap]
    gap_days: frozenset[date]
    drafts: int
    planning: bool


def see_plan(storage: Storage, settings: Settings, query: PlanQuery, actor: Actor, now: datetime) -> PlanPage:
    """Who plans sees drafts too. Raises Forbidden, NotFound for a line or a ring group that there is not."""
    require_right(Act.READ_SHIFTS, actor)
    require_line(settings, query.line)
    if query.queue and query.queue not in settings.queues:
        raise NotFound("shifts.no_queue", got=query.queue[:40])
    planning = may(Act.PLAN_SHIFTS, actor.roles)
    since, until = midnight(query.first), end_of_day(query.last)
    with storage.reading() as tx:
        around = ShiftStore(tx).between(*_around(query), drafts=planning)
        around += shifts_of_settings(tx, settings, since, until)
        people = StaffStore(tx).all()
        away, skills = absences(tx), known_queues(tx, settings)
        there = who_is_there(tx, since, until, now)
        leaves = LeaveStore(tx).between(since, until) if planning else []
    shown = [each for each in around if each.meets(since, until) and each.is_for(query.line)]
    days = [query.first + n * _DAY for n in range((query.last - query.first).days + 1)]
    found = _faults(around, since, until, settings, away) if planning else []
    rows = _rows(shown, [(each.id or 0, each.name) for each in people], days, settings, away, leaves, skills)
    gaps = _gaps(around, there, settings, query.line, max(since, now), until)
    return PlanPage(
        days=[work_calendar(settings, query.line).day(each) for each in days],
        rows=[row for row in rows if _wanted(row, query)],
        faults=found,
        wrong=_by_shift(found),
        gaps=gaps[0],
        duty_gaps=gaps[1],
        gap_days=frozenset(local_day(each.starts_at) for each in (*gaps[0], *gaps[1])),
        drafts=sum(not each.is_published and not each.is_open and each.starts_at >= since for each in shown),
        planning=planning,
    )


def _around(query: PlanQuery) -> tuple[datetime, datetime]:
    """Whole weeks, since hours are counted by week."""
    monday = monday_of(query.first)
    sunday = query.last + timedelta(days=6 - query.last.weekday())
    return midnight(monday) - _AROUND, end_of_day(sunday) + _AROUND


def _faults(
    around: Sequence[PlannedShift],
    since: datetime,
    until: datetime,
    settings: Settings,
    away: Mapping[int, Sequence[Interval]],
) -> list[Fault]:
    found = faults.faults(around, limits(settings), pause_of(settings), away)
    return [each for each in found if each.shift.meets(since, until)]


def _by_shift(found: Sequence[Fault]) -> Mapping[int, Sequence[Fault]]:
    by_id: defaultdict[int, list[Fault]] = defaultdict(list)
    for each in found:
        by_id[each.shift.id or 0].append(each)
    return by_id


def _gaps(
    shifts: Sequence[PlannedShift], there: There, settings: Settings, line: str, since: datetime, until: datetime
) -> tuple[list[Gap], list[Gap]]:
    if until <= since:
        return [], []
    calendars = {one: work_calendar(settings, one) for one in settings.lines if line in ("", one)}
    without = {one: own for one, own in calendars.items() if not always_on_duty(settings, one)}
    desks = faults.gaps(shifts, calendars, since, until) if any(not each.duty for each in shifts) else []
    return desks, faults.duty_gaps(_rung(shifts, there), without, since, until)


def _rung(shifts: Sequence[PlannedShift], there: There) -> list[PlannedShift]:
    """Those with the duty mobile, while somebody is rung in them: their person, who stands in for them, or a backup."""
    silent = {
        person_id: [Interval(each.starts_at, each.ends_at) for each in spans if each.instead is None]
        for person_id, spans in there.away.items()
    }
    duty = [each for each in shifts if each.duty]
    return [part for each in duty for part in ([each] if each.backups else while_there(each, silent))]


def _rows(
    shown: Sequence[PlannedShift],
    people: Sequence[tuple[int, str]],
    days: Sequence[date],
    settings: Settings,
    away: Mapping[int, Sequence[Interval]],
    leaves: Sequence[Leave],
    skills: Mapping[int, Mapping[str, SkillLevel]],
) -> list[PlanRow]:
    by_whom: defaultdict[tuple[int, str], list[PlannedShift]] = defaultdict(list)
    known = dict(people)
    for shift in shown:
        person_id = shift.person_id or 0
        by_whom[person_id, known.get(person_id, shift.person)].append(shift)
    others = [key for key in by_whom if key[0] not in known and key != _NOBODY]
    everybody = [*([_NOBODY] if _NOBODY in by_whom else []), *people, *others]
    asked: defaultdict[int, list[Interval]] = defaultdict(list)
    for leave in leaves:
        if leave.state is LeaveState.ASKED:
            asked[leave.person_id].append(Interval(leave.since, leave.until))
    places = {day: place for place, day in enumerate(days)}
    pause = pause_of(settings)
    return [
        PlanRow(
            person_id,
            name,
            skills.get(person_id, {}),
            _cells(by_whom.get((person_id, name), ()), places),
            _places(away.get(person_id, ()), days),
            _places(asked.get(person_id, ()), days),
            round(faults.worked(by_whom.get((person_id, name), ()), pause).total_seconds() / 3600, 1),
        )
        for person_id, name in everybody
    ]


def _cells(own: Sequence[PlannedShift], places: Mapping[date, int]) -> list[Sequence[PlannedShift]]:
    """On the day on which it begins; a long one with the duty mobile on each day that it covers."""
    cells: list[list[PlannedShift]] = [[] for _ in places]
    for shift in own:
        day = local_day(shift.starts_at)
        cell = places.get(day)
        if cell is not None:
            cells[cell].append(shift)
        if shift.length > timedelta(hours=36):
            for later, place in places.items():
                if later > day and midnight(later) < shift.ends_at:
                    cells[place].append(shift)
    return list(cells)


def _places(spans: Sequence[Interval], days: Sequence[date]) -> frozenset[int]:
    return frozenset(
        place
        for place, day in enumerate(days)
        for span in spans
        if span.starts_at < end_of_day(day) and span.ends_at > midnight(day)
    )


def _wanted(row: PlanRow, query: PlanQuery) -> bool:
    words = query.q.casefold().split()
    return (not query.queue or query.queue in row.queues) and all(
        word in row.name.casefold() or pinyin.fit(row.name, word) for word in words
    )
