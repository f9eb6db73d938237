"""A standard report: its figures in this time and in the one before, and along an axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.cases.kind import Words
from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.scope import Axis, Scope, Slice, Value
from hotline.domain.reports.standard import STANDARD, StandardReport
from hotline.domain.rights.acts import Act, may
from hotline.services.access import require_right
from hotline.services.cases.kinds import kinds_in_force
from hotline.services.looks import note_look
from hotline.services.reports import figures
from hotline.services.reports.asking import people_seen, scope_for
from hotline.services.shown import line_number
from hotline.settings import Settings
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class SeenReport:
    """`left_out`: figures that cannot be narrowed as was asked, or are nobody's own. `slices`: along `by`, of the
    figures that know it. `heat`: by half hour and weekday, of one figure. `names`: of the keys of lines, queues,
    people, subjects, departments and reasons of pauses, by axis; `kinds`: of cases, where it is split by them."""

    report: StandardReport
    scope: Scope
    values: Mapping[str, Value]
    before: Mapping[str, Value]
    left_out: Sequence[str]
    by: Axis
    axes: Sequence[Axis]
    slices: Sequence[Slice]
    heat: Mapping[str, Value]
    names: Mapping[Axis, Mapping[str, str]]
    kinds: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked for, by code: people whom whoever asks may see, lines, queues, subjects, departments."""

    people: Mapping[str, str]
    lines: Mapping[str, str]
    queues: Mapping[str, str]
    subjects: Mapping[str, str]
    departments: Mapping[str, str]


def see_report(
    storage: Storage,
    settings: Settings,
    name: str,
    scope: Scope,
    before: Scope,
    by: Axis | None,
    actor: Actor,
    now: datetime,
) -> SeenReport:
    """Raises Forbidden for people who are not theirs, NotFound for a report that is none."""
    require_right(Act.SEE_REPORTS, actor)
    report = STANDARD.get(name)
    if report is None:
        raise NotFound("reports.no_report", name=name)
    with storage.counting(settings.reports.most_seconds) as tx:
        own = people_seen(tx, actor) is not None
        needed = scope.filters | ({Axis.PERSON} if own else frozenset())
        shown = [each for each in report.figures if needed <= FIGURES[each].axes]
        allowed = scope_for(tx, scope, shown, actor)
        earlier = replace(before, people=allowed.people)
        axis, axes = _axis(report, shown, by)
        along = [each for each in shown if axis in FIGURES[each].axes]
        heat = report.heat if report.heat in shown else ""
        whole, slices = figures.along(tx, allowed, along, axis, settings, now) if along else ({}, [])
        others = figures.values(tx, allowed, [each for each in shown if each not in whole], settings, now)
        seen = SeenReport(
            report,
            allowed,
            {each: whole[each] if each in whole else others[each] for each in shown},
            figures.values(tx, earlier, shown, settings, now),
            [each for each in report.figures if each not in shown],
            axis,
            axes,
            slices,
            _heat(tx, allowed, heat, settings, now),
            axis_names(tx, settings),
            _kinds(tx, now) if axis is Axis.CASE_KIND else {},
        )
    note_look(storage, actor, now, "figures.view", f"report_page:{name}")
    return seen


def choices(storage: Storage, settings: Settings, actor: Actor) -> Choices:
    """Raises Forbidden."""
    require_right(Act.SEE_REPORTS, actor)
    with storage.reading() as tx:
        seen, names = people_seen(tx, actor), axis_names(tx, settings)
    people = {key: name for key, name in names[Axis.PERSON].items() if seen is None or int(key) in seen}
    return Choices(people, names[Axis.LINE], names[Axis.QUEUE], names[Axis.SUBJECT], names[Axis.DEPARTMENT])


def sees_all(actor: Actor) -> bool:
    """Figures of everybody, and those that are nobody's own."""
    return may(Act.SEE_REPORTS, actor.roles)


def _axis(report: StandardReport, shown: Sequence[str], by: Axis | None) -> tuple[Axis, list[Axis]]:
    """Along what it is split, and along what it could be: axes that some figure of it knows."""
    known = [axis for axis in Axis if any(axis in FIGURES[each].axes for each in shown)]
    chosen = by if by in known else report.by
    return chosen, known


def _kinds(tx: Transaction, now: datetime) -> dict[str, Words]:
    return {code: each.words for code, each in kinds_in_force(tx, now).items()}


def _heat(tx: Transaction, scope: Scope, name: str, settings: Settings, now: datetime) -> dict[str, Value]:
    if not name:
        return {}
    found = figures.split(tx, scope, [name], Axis.HOUR_OF_WEEK, settings, now)
    return {each.key: each.values[name] for each in found}


def axis_names(tx: Transaction, settings: Settings) -> dict[Axis, dict[str, str]]:
    """What people, lines, queues, subjects, departments and reasons of pauses are called, by their codes."""
    return {
        Axis.PERSON: {str(each.id): each.name for each in StaffStore(tx).all(active_only=False)},
        Axis.LINE: {each: line_number(settings, each) for each in settings.lines},
        Axis.QUEUE: {code: each.name for code, each in settings.queues.items()},
        Axis.SUBJECT: {code: each.name for code, each in settings.categories.items()},
        Axis.DEPARTMENT: {str(each.id): each.name for each in StaffStore(tx).departments(active_only=False)},
        Axis.PAUSE_REASON: dict(settings.console.pause_reasons),
    }
