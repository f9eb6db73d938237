"""When our people work: told by whichever feature knows it, in `services/<feature>/work_plan.py` as `WORK_PLAN`. Until
one does, everybody works by the site's calendar, but for their absences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.discovery import gathered
from hotline.domain.interval import Interval, subtract
from hotline.services.calendar import work_calendar
from hotline.services.staff.concerned import person_of_account
from hotline.settings import Settings
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.transaction import Transaction

#: By user name, when they work within [since, until), in order.
Spans = Callable[[Transaction, Settings, Sequence[str], datetime, datetime], Mapping[str, Sequence[Interval]]]


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """`spans`: of whom it knows nothing it leaves out; they work by the calendar then."""

    spans: Spans


def working_spans(
    tx: Transaction, settings: Settings, usernames: Sequence[str], since: datetime, until: datetime
) -> dict[str, list[Interval]]:
    """When each of them works within [since, until), in order; absences are left out in any case."""
    if until <= since:
        return {name: [] for name in usernames}
    usual = work_calendar(settings).open_spans(since, until)
    planned: dict[str, Sequence[Interval]] = {}
    for plan in gathered("hotline.services", "work_plan", "WORK_PLAN", WorkPlan):
        planned |= plan.spans(tx, settings, usernames, since, until)
    return {name: _present(tx, name, planned.get(name, usual), since, until) for name in usernames}


def _present(
    tx: Transaction, username: str, spans: Sequence[Interval], since: datetime, until: datetime
) -> list[Interval]:
    person = person_of_account(tx, username)
    if person is None or person.id is None:
        return list(spans)
    away = [
        Interval(each.since, each.until)
        for each in AbsenceStore(tx).search(person.id)
        if each.since < until and each.until > since
    ]
    if not away:
        return list(spans)
    left = [part for span in spans for part in subtract(span, [each for each in away if _meet(each, span)])]
    return [each for each in left if each.starts_at < each.ends_at]


def _meet(one: Interval, other: Interval) -> bool:
    return one.starts_at < other.ends_at and one.ends_at > other.starts_at
