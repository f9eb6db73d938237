"""A plan for a week that keeps all rules, as drafts in the plan of shifts; or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.interval import Interval
from hotline.domain.months import monday_of
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.shift import PlannedShift, ShiftOrigin
from hotline.domain.shifts.skill import SkillLevel
from hotline.domain.staffing.need import StaffingDay
from hotline.domain.staffing.proposal import Planner, Problem, ShiftChoice, generated, problem_of
from hotline.domain.time import end_of_day, midnight
from hotline.services.access import require_right
from hotline.services.shifts.kinds import limits, shift_kinds
from hotline.services.shifts.plan import told_of
from hotline.services.shifts.told import tell_change
from hotline.services.shifts.working import absences
from hotline.services.staffing.solving import solve
from hotline.services.staffing.staffing import desk_shifts, staffing_week
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.shifts.skills import SkillStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: Shifts of the weeks beside this one that a rest may reach into.
_BESIDE = timedelta(days=2)


def propose(
    storage: Storage, settings: Settings, line: str, day: date, actor: Actor, now: datetime, replaced: int = 0
) -> int:
    """How many drafts were made, for the week in which `day` lies; they are published by whoever plans. Shifts at the
    desk that the week has already give way where `replaced` says how many somebody has seen and agreed to lose; whose
    published ones they were is told. Raises Forbidden, NotFound, Refused: the week has others, some of them have begun,
    nobody is needed, no solver, no plan keeps all rules."""
    require_right(Act.PLAN_STAFFING, actor)
    if line and line not in settings.lines:
        raise NotFound("staffing.no_line")
    first = monday_of(day)
    since, until = midnight(first), end_of_day(first + timedelta(days=6))
    with storage.reading() as tx:
        _in_place(tx, since, until, replaced, now)
        days = staffing_week(tx, settings, line, first, local_day(now), now).days
        problem = _problem(tx, settings, line, days, since, until)
    if not problem.needs:
        raise Refused("staffing.nothing_to_plan")
    chosen = solve(problem)
    lines = (line,) if line else ()
    drafts = [
        _draft(problem.planners[who], problem.choices[place], lines)
        for who, places in chosen.items()
        for place in places
    ]
    with storage.writing() as tx:
        for each in _in_place(tx, since, until, replaced, now):
            if not ShiftStore(tx).remove(each.id or 0, each.version):
                raise Outdated("shifts.changed_meanwhile")
            tell_change(tx, each, None, now)
            AuditLog(tx).add(now, actor.name, "shift.remove", f"shift:{each.id}", told_of(each))
        count = ShiftStore(tx).add_all(drafts)
        told = f"{first.isoformat()}: {count} shifts" + (f" in place of {replaced}" if replaced else "")
        AuditLog(tx).add(now, actor.name, "staffing.propose", "staffing", told)
    return count


def _in_place(tx: Transaction, since: datetime, until: datetime, replaced: int, now: datetime) -> list[PlannedShift]:
    found = desk_shifts(tx, since, until)
    if len(found) != replaced:
        raise Refused("staffing.planned_already", count=len(found))
    if any(each.starts_at <= now for each in found):
        raise Refused("staffing.week_begun")
    return found


def _problem(
    tx: Transaction, settings: Settings, line: str, days: Sequence[StaffingDay], since: datetime, until: datetime
) -> Problem:
    choices = [*_of_kinds(settings, days), *generated(days, timedelta(hours=settings.staffing.shift_hours))]
    return problem_of(_planners(tx, settings, since, until), choices, days, limits(settings))


def _of_kinds(settings: Settings, days: Sequence[StaffingDay]) -> list[ShiftChoice]:
    """The settings' kinds at the desk, on each day on which they cover something."""
    found = []
    for kind in shift_kinds(settings).values():
        for day in () if kind.duty else days:
            span = kind.hours.on(day.day)
            found.append(ShiftChoice(span, span.ends_at - span.starts_at - kind.pause, kind.id))
    return found


def _planners(tx: Transaction, settings: Settings, since: datetime, until: datetime) -> list[Planner]:
    """Who has an extension and knows a ring group; where nobody's knowledge was entered, all with an extension."""
    known = SkillStore(tx).all()
    able = {who for who, skills in known.items() if any(level >= SkillLevel.KNOWS for level in skills.values())}
    having = {each.person_id for each in TenureStore(tx).search() if each.until is None}
    away = absences(tx)
    beside: dict[int, list[Interval]] = {}
    for shift in ShiftStore(tx).between(since - _BESIDE, until + _BESIDE, drafts=True, duty=False):
        if shift.person_id is not None and not since <= shift.starts_at < until:
            beside.setdefault(shift.person_id, []).append(shift.span)
    return [
        Planner(each.id, each.name, tuple(away.get(each.id, ())), tuple(beside.get(each.id, ())))
        for each in StaffStore(tx).all()
        if each.id is not None and each.id in having and (not able or each.id in able)
    ]


def _draft(planner: Planner, choice: ShiftChoice, lines: tuple[str, ...]) -> PlannedShift:
    return PlannedShift(
        planner.name,
        choice.span.starts_at,
        choice.span.ends_at,
        planner.person_id,
        choice.kind,
        lines=lines,
        origin=ShiftOrigin.PLAN,
    )
