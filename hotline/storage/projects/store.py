"""Projects, and what is done for them again and again."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, insert, or_, select, update

from hotline.domain.batches import batches
from hotline.domain.projects.project import Project, ProjectFilter, Round, RoundKind, RoundState
from hotline.domain.time import SHANGHAI, midnight
from hotline.domain.visits.visit import VisitState
from hotline.storage.customers.tables import customer
from hotline.storage.inserted import new_id
from hotline.storage.projects.search_entry import keep_entry
from hotline.storage.projects.tables import IS_OPEN, project, project_round
from hotline.storage.transaction import TableStore
from hotline.storage.visits.tables import IS_CLOSED, visit

_SAME = ("name", "customer_id", "contact", "number", "manager", "inspected_every", "surveyed_every", "note")
_DAYS = ("delivered_on", "ends_on", "entered_on")


@dataclass(frozen=True, slots=True)
class ListedProject:
    """`next_due`: the day of what is open and due first."""

    project: Project
    customer: str
    next_due: date | None


@dataclass(frozen=True, slots=True)
class Visited:
    """A round whose visit is closed: how it ends by that, when and by whom."""

    round_id: int
    state: RoundState
    at: datetime | None
    by: str


def project_of(row: Row[Any]) -> Project:
    days = {name: day_of(getattr(row, name)) for name in _DAYS}
    return Project(
        **{name: getattr(row, name) for name in _SAME},
        **days,  # type: ignore[arg-type]  # delivered_on is never empty
        version=row.version,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        id=row.id,
    )


def round_of(row: Row[Any]) -> Round:
    due_on = day_of(row.due_on)
    assert due_on is not None
    return Round(
        row.project_id,
        RoundKind(row.kind),
        row.n,
        due_on,
        RoundState(row.state),
        row.owner,
        row.visit_id,
        row.case_id,
        row.record or {},
        row.done_at,
        row.done_by,
        row.id,
    )


def day_of(moment: datetime | None) -> date | None:
    return moment.astimezone(SHANGHAI).date() if moment is not None else None


def _columns_of(kept: Project) -> dict[str, Any]:
    days = {name: getattr(kept, name) for name in _DAYS}
    return {
        **{name: getattr(kept, name) for name in _SAME},
        **{name: midnight(day) if day is not None else None for name, day in days.items()},
        "version": kept.version,
        "updated_at": kept.updated_at,
        "updated_by": kept.updated_by,
    }


class ProjectStore(TableStore):
    def by_id(self, project_id: int) -> Project | None:
        row = self._connection.execute(select(project).where(project.c.id == project_id)).one_or_none()
        return project_of(row) if row else None

    def by_ids(self, project_ids: Collection[int]) -> dict[int, Project]:
        found: dict[int, Project] = {}
        for some in batches(sorted(project_ids)):
            rows = self._connection.execute(select(project).where(project.c.id.in_(some)))
            found |= {row.id: project_of(row) for row in rows}
        return found

    def same_as(self, customer_id: int, name: str) -> Project | None:
        """This customer's project of this name."""
        same = (project.c.customer_id == customer_id, project.c.name == name)
        row = self._connection.execute(select(project).where(*same).limit(1)).one_or_none()
        return project_of(row) if row else None

    def of_customer(self, customer_id: int) -> list[Project]:
        wanted = select(project).where(project.c.customer_id == customer_id).order_by(project.c.delivered_on.desc())
        return [project_of(row) for row in self._connection.execute(wanted)]

    def add(self, new: Project) -> Project:
        made = dataclasses.replace(new, id=new_id(self._connection.execute(insert(project).values(**_columns_of(new)))))
        keep_entry(self._connection, made)
        return made

    def update(self, changed: Project, version: int) -> bool:
        """False unless the row still has `version`."""
        same = (project.c.id == changed.id, project.c.version == version)
        written = self._connection.execute(update(project).where(*same).values(**_columns_of(changed))).rowcount == 1
        if written:
            keep_entry(self._connection, changed)
        return written

    def search(self, wanted: ProjectFilter, today: date, limit: int, offset: int = 0) -> list[ListedProject]:
        """The latest delivered first."""
        next_due = (
            select(func.min(project_round.c.due_on))
            .where(project_round.c.project_id == project.c.id, IS_OPEN)
            .scalar_subquery()
        )
        rows = self._connection.execute(
            self._filtered(
                select(project, customer.c.name.label("customer"), next_due.label("next_due")), wanted, today
            )
            .order_by(project.c.delivered_on.desc(), project.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [ListedProject(project_of(row), row.customer or "", day_of(row.next_due)) for row in rows]

    def count(self, wanted: ProjectFilter, today: date) -> int:
        return int(self._connection.scalar(self._filtered(select(func.count()), wanted, today)) or 0)

    def running(self, today: date, after: int, limit: int) -> list[Project]:
        """Those for which something may become due, by id."""
        wanted = select(project).where(project.c.id > after, _runs(today)).order_by(project.c.id).limit(limit)
        return [project_of(row) for row in self._connection.execute(wanted)]

    def all(self) -> Iterator[Project]:
        """By id."""
        last = 0
        while some := self._connection.execute(
            select(project).where(project.c.id > last).order_by(project.c.id).limit(1000)
        ).all():
            yield from map(project_of, some)
            last = some[-1].id

    def _filtered(self, wanted: Select[Any], by: ProjectFilter, today: date) -> Select[Any]:
        found = wanted.select_from(project).outerjoin(customer, customer.c.id == project.c.customer_id)
        for word in by.words:
            like = f"%{word.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
            texts = (project.c.name, project.c.contact, customer.c.name, customer.c.company)
            found = found.where(or_(*(column.ilike(like, escape="!") for column in texts)))
        if by.customer_id is not None:
            found = found.where(project.c.customer_id == by.customer_id)
        if by.ended is not None:
            found = found.where(~_runs(today) if by.ended else _runs(today))
        return found


def _runs(today: date) -> ColumnElement[bool]:
    return or_(project.c.ends_on.is_(None), project.c.ends_on >= midnight(today))


class RoundStore(TableStore):
    def add(self, new: Round) -> Round:
        """Raises Conflict where the n-th of its kind is there."""
        values = {
            **{name: getattr(new, name) for name in ("project_id", "n", "owner", "visit_id", "case_id", "done_at")},
            "kind": new.kind.value,
            "state": new.state.value,
            "due_on": midnight(new.due_on),
            "record": dict(new.record),
            "done_by": new.done_by,
        }
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(project_round).values(**values))))

    def latest(self, project_ids: Collection[int]) -> dict[tuple[int, RoundKind], int]:
        """The number of the last one of each kind, by project."""
        found: dict[tuple[int, RoundKind], int] = {}
        columns = project_round.c
        for some in batches(sorted(project_ids)):
            rows = self._connection.execute(
                select(columns.project_id, columns.kind, func.max(columns.n).label("n"))
                .where(columns.project_id.in_(some))
                .group_by(columns.project_id, columns.kind)
            )
            found |= {(row.project_id, RoundKind(row.kind)): row.n for row in rows}
        return found

    def by_id(self, round_id: int) -> Round | None:
        row = self._connection.execute(select(project_round).where(project_round.c.id == round_id)).one_or_none()
        return round_of(row) if row else None

    def of(self, project_id: int, limit: int = 200) -> list[Round]:
        """The latest due first."""
        wanted = (
            select(project_round)
            .where(project_round.c.project_id == project_id)
            .order_by(project_round.c.due_on.desc(), project_round.c.id.desc())
            .limit(limit)
        )
        return [round_of(row) for row in self._connection.execute(wanted)]

    def of_visits(self, visit_ids: Sequence[int]) -> dict[int, Round]:
        """By the visit."""
        found: dict[int, Round] = {}
        for some in batches(visit_ids):
            rows = self._connection.execute(select(project_round).where(project_round.c.visit_id.in_(some)))
            found |= {row.visit_id: round_of(row) for row in rows}
        return found

    def tasks(self, owner: str | None, until: date | None, limit: int) -> list[Round]:
        """Inspections and surveys that are open, what is due first first; of this person, or of all."""
        columns = project_round.c
        wanted = select(project_round).where(IS_OPEN, columns.kind != RoundKind.VISIT.value)
        if owner is not None:
            wanted = wanted.where(columns.owner == owner)
        if until is not None:
            wanted = wanted.where(columns.due_on < midnight(until + timedelta(days=1)))
        rows = self._connection.execute(wanted.order_by(columns.due_on, columns.id).limit(limit))
        return [round_of(row) for row in rows]

    def open_of(self, project_id: int) -> list[Round]:
        wanted = select(project_round).where(project_round.c.project_id == project_id, IS_OPEN)
        return [round_of(row) for row in self._connection.execute(wanted)]

    def visited(self, limit: int) -> list[Visited]:
        """Open rounds whose visit is not."""
        columns = project_round.c
        rows = self._connection.execute(
            select(columns.id, visit.c.state, visit.c.closed_at, visit.c.closed_by)
            .join(visit, visit.c.id == columns.visit_id)
            .where(IS_OPEN, IS_CLOSED)
            .limit(limit)
        )
        return [
            Visited(
                row.id,
                RoundState.DONE if row.state == VisitState.DONE.value else RoundState.CALLED_OFF,
                row.closed_at,
                row.closed_by,
            )
            for row in rows
        ]

    def finish(self, done: Round) -> bool:
        """Write its record and state; False unless it is open."""
        values = {
            "state": done.state.value,
            "record": dict(done.record),
            "case_id": done.case_id,
            "done_at": done.done_at,
            "done_by": done.done_by,
        }
        return (
            self._connection.execute(
                update(project_round).where(project_round.c.id == done.id, IS_OPEN).values(**values)
            ).rowcount
            == 1
        )

    def end(self, round_id: int, state: RoundState, now: datetime, by: str) -> bool:
        """False unless it is open."""
        return (
            self._connection.execute(
                update(project_round)
                .where(project_round.c.id == round_id, IS_OPEN)
                .values(state=state.value, done_at=now, done_by=by)
            ).rowcount
            == 1
        )

    def plan(self, round_id: int, visit_id: int) -> None:
        self._connection.execute(update(project_round).where(project_round.c.id == round_id).values(visit_id=visit_id))

    def give(self, round_id: int, owner: str) -> None:
        self._connection.execute(update(project_round).where(project_round.c.id == round_id).values(owner=owner))
