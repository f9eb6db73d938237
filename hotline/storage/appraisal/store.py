"""Months that were signed, closed and reopened; objections; declarations of falsified data."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from hotline.domain.appraisal.month import SignedMonth
from hotline.domain.appraisal.objection import Falsification, Objection, ObjectionDecision
from hotline.storage.appraisal.tables import appraisal_falsified, appraisal_month, appraisal_objection
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_M, _F, _O = appraisal_month.c, appraisal_falsified.c, appraisal_objection.c


class AppraisalStore(TableStore):
    # Months.

    def sign(self, new: SignedMonth) -> SignedMonth:
        """Raises Conflict when there is this version already: somebody else was quicker."""
        values = {name: value for name, value in dataclasses.asdict(new).items() if name != "id"}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(appraisal_month).values(values))))

    def versions(self, month: str, team_id: int) -> list[SignedMonth]:
        """The newest first."""
        return self._months(_M.month == month, _M.team_id == team_id)

    def newest(self, months: Collection[str]) -> dict[tuple[str, int], SignedMonth]:
        """By month and team, the newest version of each."""
        found = self._months(_M.month.in_(months))
        return {(each.month, each.team_id): each for each in reversed(found)}

    def close(self, month_id: int, by: str, at: datetime) -> bool:
        """False when it was closed or reopened meanwhile."""
        return self._changed(month_id, (_M.closed_at.is_(None), _M.reopened_at.is_(None)), closed_by=by, closed_at=at)

    def reopen(self, month_id: int, by: str, at: datetime, reason: str) -> bool:
        """False when it was reopened before."""
        same = (_M.closed_at.is_not(None), _M.reopened_at.is_(None))
        return self._changed(month_id, same, reopened_by=by, reopened_at=at, reopen_reason=reason)

    def to_close(self, teams: Collection[int] | None) -> int:
        """How many newest versions are signed and not closed, of these teams; None: of all."""
        parts = [*_open_months(), *(() if teams is None else (_M.team_id.in_(teams),))]
        return self._connection.scalar(select(func.count()).select_from(appraisal_month).where(*parts)) or 0

    def signed_and_open(self, before: datetime) -> list[SignedMonth]:
        """Newest versions that were signed before then and are not closed."""
        return self._months(_M.signed_at < before, *_open_months())

    def _months(self, *parts: ColumnElement[bool]) -> list[SignedMonth]:
        rows = self._connection.execute(select(appraisal_month).where(*parts).order_by(_M.version.desc()))
        return [SignedMonth(**row._asdict()) for row in rows]

    def _changed(self, month_id: int, same: tuple[ColumnElement[bool], ...], **values: object) -> bool:
        changed = update(appraisal_month).where(_M.id == month_id, *same).values(values)
        return self._connection.execute(changed).rowcount == 1

    # Declarations that data is falsified.

    def declare(self, new: Falsification) -> Falsification:
        """Raises Conflict when there is one already."""
        values = {name: value for name, value in dataclasses.asdict(new).items() if name != "id"}
        written = insert(appraisal_falsified).values({**values, "evidence": list(new.evidence)})
        return dataclasses.replace(new, id=new_id(self._connection.execute(written)))

    def falsified(self, month: str, person_id: int | None = None) -> list[Falsification]:
        """Those that stand, of all or of one person."""
        wanted = select(appraisal_falsified).where(_F.month == month, _F.withdrawn_at.is_(None))
        if person_id is not None:
            wanted = wanted.where(_F.person_id == person_id)
        return [_falsification(row) for row in self._connection.execute(wanted.order_by(_F.id))]

    def falsification(self, falsification_id: int) -> Falsification | None:
        row = self._connection.execute(select(appraisal_falsified).where(_F.id == falsification_id)).one_or_none()
        return _falsification(row) if row else None

    def withdraw(self, falsification_id: int, by: str, at: datetime) -> bool:
        """False when it was withdrawn before."""
        same = (_F.id == falsification_id, _F.withdrawn_at.is_(None))
        changed = update(appraisal_falsified).where(*same).values(withdrawn_by=by, withdrawn_at=at)
        return self._connection.execute(changed).rowcount == 1

    # Objections.

    def object(self, new: Objection) -> Objection:
        """Raises Conflict when there is one about the same already."""
        values = {name: value for name, value in dataclasses.asdict(new).items() if name != "id"}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(appraisal_objection).values(values))))

    def objections(self, month: str, person_id: int | None = None) -> list[Objection]:
        """In the order in which they were made."""
        wanted = select(appraisal_objection).where(_O.month == month).order_by(_O.id)
        if person_id is not None:
            wanted = wanted.where(_O.person_id == person_id)
        return [_objection(row) for row in self._connection.execute(wanted)]

    def open_objections(self) -> list[Objection]:
        """What is due first first."""
        wanted = select(appraisal_objection).where(_O.decided_at.is_(None)).order_by(_O.due_at, _O.id)
        return [_objection(row) for row in self._connection.execute(wanted)]

    def objections_open(self, but_of: int) -> int:
        """How many wait for a decision, without those of this person."""
        wanted = select(func.count()).select_from(appraisal_objection)
        return self._connection.scalar(wanted.where(_O.decided_at.is_(None), _O.person_id != but_of)) or 0

    def objections_overdue(self, now: datetime) -> list[Objection]:
        """The oldest first."""
        wanted = select(appraisal_objection).where(_O.decided_at.is_(None), _O.due_at < now).order_by(_O.id)
        return [_objection(row) for row in self._connection.execute(wanted)]

    def objection(self, objection_id: int) -> Objection | None:
        row = self._connection.execute(select(appraisal_objection).where(_O.id == objection_id)).one_or_none()
        return _objection(row) if row else None

    def decide(self, decided: Objection) -> bool:
        """False when it was decided before."""
        values = {name: getattr(decided, name) for name in ("decision", "note", "decided_by", "decided_at")}
        same = (_O.id == decided.id, _O.decided_at.is_(None))
        return self._connection.execute(update(appraisal_objection).where(*same).values(values)).rowcount == 1


def _open_months() -> list[ColumnElement[bool]]:
    """Newest versions of months that are signed and not closed."""
    later = appraisal_month.alias()
    newer = select(later.c.id).where(
        later.c.month == _M.month, later.c.team_id == _M.team_id, later.c.version > _M.version
    )
    return [_M.closed_at.is_(None), _M.reopened_at.is_(None), ~newer.exists()]


def _falsification(row: Row[Any]) -> Falsification:
    return Falsification(**{**row._asdict(), "evidence": tuple(row.evidence)})


def _objection(row: Row[Any]) -> Objection:
    values = row._asdict()
    return Objection(**{**values, "decision": ObjectionDecision(row.decision) if row.decision else None})
