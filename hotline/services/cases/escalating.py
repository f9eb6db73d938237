"""D7: what is over goes up: to the owner's leader at once, to the supervisors some working hours later, then to the
leaders; sooner the graver it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hotline.domain.calendar import WorkCalendar
from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.severity import Severity
from hotline.domain.deadlines.term import Count, later
from hotline.domain.reasons import because
from hotline.services.alerts import set_alert
from hotline.services.calendar import work_calendar
from hotline.services.cases.alert_kinds import CASES_NOBODY
from hotline.services.cases.notification_kinds import CASE_ESCALATED
from hotline.services.cases.telling import leaders_of_all, supervisors, tell_of_many
from hotline.settings import Settings
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage, Transaction

_AT_ONCE = 500

#: Steps up: the supervisors, the leaders.
SUPERVISORS, LEADERS = 1, 2


def escalate_cases(storage: Storage, settings: Settings, now: datetime) -> int:
    """Tell whoever is next up of what is over for so long; how many cases went up. Each step is told once for each
    moment at which the case is due. Where nobody is there for a step, the next one up is told, and an alert says so."""
    calendar, told = work_calendar(settings, ""), 0
    after: tuple[datetime, int] | None = None
    soonest = now - timedelta(hours=min(_hours(settings, each) for each in Severity))
    while True:
        with storage.reading() as tx:
            found = CaseStore(tx).to_escalate(soonest, after, _AT_ONCE)
        wanted = {each.id or 0: steps for each in found if (steps := wanted_steps(settings, calendar, each, now))}
        rising = [each for each in found if wanted.get(each.id or 0, 0) > each.escalated]
        if rising:
            with storage.writing() as tx:
                _go_up(tx, settings, rising, wanted, now)
        told += len(rising)
        if len(found) < _AT_ONCE:
            return told
        last = found[-1]
        assert last.due_at is not None  # it was asked for by that
        after = last.due_at, last.id or 0


def wanted_steps(settings: Settings, calendar: WorkCalendar, case: ServiceCase, now: datetime) -> int:
    """How far up it has to be by now."""
    if case.due_at is None or case.due_at >= now:
        return 0
    hours = timedelta(hours=_hours(settings, case.severity))
    first = later(case.due_at, hours, Count.WORKING, calendar)
    if now < first:
        return 0
    return LEADERS if now >= later(first, hours, Count.WORKING, calendar) else SUPERVISORS


def _go_up(
    tx: Transaction, settings: Settings, rising: Sequence[ServiceCase], wanted: Mapping[int, int], now: datetime
) -> None:
    """Who is next up is the same for all of one step, and looked up once."""
    chiefs = leaders_of_all(tx, settings, rising[0], now)
    for steps in (SUPERVISORS, LEADERS):
        those = [each for each in rising if wanted[each.id or 0] == steps]
        if not those:
            continue
        receivers = (supervisors(tx, settings, those[0], now) if steps == SUPERVISORS else chiefs) or chiefs
        told = tell_of_many(tx, [(each, _once(each, steps)) for each in those], CASE_ESCALATED, receivers, now)
        if not receivers:
            set_alert(tx, CASES_NOBODY, "", because("cases.nobody_told", case=those[0].number), now)
        elif any(told):
            set_alert(tx, CASES_NOBODY, "", None, now)
        CaseStore(tx).went_up([each.id or 0 for each in those], steps)


def _once(case: ServiceCase, steps: int) -> str:
    due = case.due_at.isoformat(timespec="seconds") if case.due_at else ""
    return f"case_escalated:{case.id}:{due}:{steps}"


def _hours(settings: Settings, severity: str) -> int:
    hours = settings.cases.escalate_after_hours
    return {Severity.MEDIUM.value: hours.medium, Severity.SEVERE.value: hours.severe}.get(severity, hours.light)
