"""When people work, for whatever is given to who works then: by the plan, in the weeks that it knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.interval import Interval
from hotline.domain.time import midnight
from hotline.services.calendar import work_calendar
from hotline.services.shifts.working import is_planned, working_spans
from hotline.services.staff.concerned import person_of_account
from hotline.services.work_plan import WorkPlan
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


def _spans(
    tx: Transaction, settings: Settings, usernames: Sequence[str], since: datetime, until: datetime
) -> dict[str, list[Interval]]:
    """Weeks without any shift go by the site's calendar, and so does whoever has no shift in the whole time: the plan
    knows nothing of them."""
    persons = {name: person.id for name in usernames if (person := person_of_account(tx, name)) is not None}
    ids = [each for each in persons.values() if each is not None]
    planned: dict[int, list[Interval]] = {}
    usual: list[Interval] = []
    for begins, ends in _weeks(since, until):
        if is_planned(tx, begins, ends):
            for person_id, spans in working_spans(tx, settings, ids, begins, ends).items():
                planned.setdefault(person_id, []).extend(spans)
        else:
            usual += work_calendar(settings).open_spans(begins, ends)
    return {
        name: sorted([*planned[person_id], *usual], key=lambda each: each.starts_at)
        for name, person_id in persons.items()
        if person_id is not None and person_id in planned
    }


def _weeks(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Those within [since, until), from Monday to Monday."""
    begins = since
    while begins < until:
        day = local_day(begins)
        monday = midnight(day + timedelta(days=7 - day.weekday()))
        yield begins, min(monday, until)
        begins = monday


WORK_PLAN = WorkPlan(_spans)
