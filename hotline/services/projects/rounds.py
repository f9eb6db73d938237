"""E8: what is due for projects again and again is planned by a job: visits monthly in the first year and then once a
quarter, inspections and surveys as each project says."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.projects.project import Project, Round, RoundKind, RoundState, rhythms
from hotline.domain.projects.recurrence import Due, due_since
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.visit import Origin
from hotline.services.customers.customers import known
from hotline.services.notifications.notify import notify
from hotline.services.projects.notification_kinds import INSPECTION_DUE
from hotline.services.staff.concerned import person_of_account
from hotline.services.visits.planning import plan
from hotline.settings import Settings
from hotline.storage.projects.store import ProjectStore, RoundStore
from hotline.storage.transaction import Storage, Transaction

#: Projects of one transaction: SQLite has one writer.
_AT_ONCE = 100
#: Who plans.
JOB = "projects"


def plan_rounds(storage: Storage, settings: Settings, now: datetime) -> int:
    """All that has become due, of all projects; how many were planned. Doing it again finds nothing more."""
    planned, after, today = 0, 0, local_day(now)
    while True:
        with storage.reading() as tx:
            some = ProjectStore(tx).running(today, after, _AT_ONCE)
            wanted = [(each, due) for each in some for due in fresh_rounds(tx, settings, each, today)]
        if wanted:
            planned += _plan(storage, settings, [each.id or 0 for each, _due in wanted], now)
        if len(some) < _AT_ONCE:
            return planned
        after = some[-1].id or 0


def settle_rounds(storage: Storage, now: datetime) -> int:
    """Visits that were made, or are not owed any more, end their rounds; how many."""
    with storage.reading() as tx:
        if not RoundStore(tx).visited(1):
            return 0
    with storage.writing() as tx:
        found = RoundStore(tx).visited(_AT_ONCE)
        for each in found:
            RoundStore(tx).end(each.round_id, each.state, each.at or now, each.by)
    return len(found)


def fresh_rounds(tx: Transaction, settings: Settings, project: Project, today: date) -> list[tuple[RoundKind, Due]]:
    """What has become due of this project since the last time."""
    latest = RoundStore(tx).latest([project.id or 0])
    horizon = today + timedelta(days=settings.projects.plan_days_ahead)
    until = min(horizon, project.ends_on) if project.ends_on is not None else horizon
    since = project.entered_on or project.delivered_on
    return [
        (kind, due)
        for kind, rhythm in rhythms(project).items()
        for due in due_since(project.delivered_on, rhythm, latest.get((project.id or 0, kind), 0), since, until, today)
    ]


def _plan(storage: Storage, settings: Settings, project_ids: list[int], now: datetime) -> int:
    """Looked at again under the lock: another process may have planned meanwhile."""
    planned, today = 0, local_day(now)
    with storage.writing() as tx:
        for project in ProjectStore(tx).by_ids(project_ids).values():
            for kind, due in fresh_rounds(tx, settings, project, today):
                planned += _plan_one(tx, settings, project, kind, due, now)
    return planned


def _plan_one(tx: Transaction, settings: Settings, project: Project, kind: RoundKind, due: Due, now: datetime) -> int:
    if due.missed:
        RoundStore(tx).add(Round(project.id or 0, kind, due.n, due.day, RoundState.MISSED, done_at=now, done_by=JOB))
        return 0
    owner = project.manager if kind is not RoundKind.VISIT else ""
    made = RoundStore(tx).add(Round(project.id or 0, kind, due.n, due.day, owner=owner))
    if kind is RoundKind.VISIT:
        _plan_visit(tx, settings, project, made, now)
    else:
        _tell(tx, project, made, now)
    return 1


def _plan_visit(tx: Transaction, settings: Settings, project: Project, round: Round, now: datetime) -> None:
    """By its day, or the next working day; what is late already by tomorrow."""
    new = NewVisit(
        Origin.PROJECT,
        now,
        subject_id=project.id,
        purpose=project.name,
        customer_id=known(tx, project.customer_id).id,
        number=project.number,
        name=project.contact,
        days=max((round.due_on - local_day(now)).days, 1),
        key=f"project:{project.id}:{round.n}",
    )
    visit = plan(tx, settings, new, JOB, now)
    if visit is not None:
        RoundStore(tx).plan(round.id or 0, visit.id or 0)


def _tell(tx: Transaction, project: Project, round: Round, now: datetime) -> None:
    person = person_of_account(tx, round.owner)
    if person is not None and person.id is not None:
        once = f"project_round:{round.id}"
        notify(tx, [person.id], INSPECTION_DUE, f"project:{project.id}", now, once=once, due_on=round.due_on)
