"""Examinations with their comments and appeals."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, select, true, tuple_, update

from hotline.domain.batches import batches
from hotline.domain.examination.records import (
    Appeal,
    AppealDecision,
    Comment,
    Examination,
    ExaminationFilter,
    ExaminationState,
)
from hotline.domain.examination.sample import Why
from hotline.storage.examination.tables import appeal, examination, examination_comment
from hotline.storage.inserted import new_id
from hotline.storage.staff.had import had
from hotline.storage.transaction import TableStore

_EXAM = examination.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(Examination))
_APPEAL_COLUMNS = tuple(each.name for each in dataclasses.fields(Appeal))
_NOT_DONE = _EXAM.state == ExaminationState.ASSIGNED.value


def _examination(row: Row[Any]) -> Examination:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return Examination(**{**values, "why": Why(row.why), "state": ExaminationState(row.state)})


def _columns_of(found: Examination) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in _COLUMNS if name != "id"}
    return {**values, "why": found.why.value, "state": found.state.value, "points": dict(found.points)}


def _appeal(row: Row[Any]) -> Appeal:
    values = {name: getattr(row, name) for name in _APPEAL_COLUMNS}
    decision = AppealDecision(row.decision) if row.decision else None
    return Appeal(**{**values, "decision": decision, "items": tuple(row.items)})


def _comment(row: Row[Any]) -> Comment:
    return Comment(row.examination_id, row.second, row.text, row.written_by, row.written_at, row.id)


class ExaminationStore(TableStore):
    def add(self, new: Examination) -> Examination:
        result = self._connection.execute(insert(examination).values(_columns_of(new)))
        return dataclasses.replace(new, id=new_id(result))

    def by_id(self, examination_id: int) -> Examination | None:
        row = self._connection.execute(select(examination).where(_EXAM.id == examination_id)).first()
        return _examination(row) if row else None

    def update(self, changed: Examination, version: int) -> bool:
        """Rewrite the row if it still has that version; False otherwise."""
        return (
            self._connection.execute(
                update(examination).where(_EXAM.id == changed.id, _EXAM.version == version).values(_columns_of(changed))
            ).rowcount
            == 1
        )

    def seen(self, examination_id: int, now: datetime) -> None:
        """The operator looked at it, for the first time."""
        self._connection.execute(
            update(examination)
            .where(_EXAM.id == examination_id, _EXAM.seen_by_operator_at.is_(None))
            .values(seen_by_operator_at=now)
        )

    def search(self, wanted: ExaminationFilter, limit: int, offset: int = 0) -> list[Examination]:
        """What is due first, then the latest call first."""
        rows = self._connection.execute(
            select(examination)
            .where(_condition(wanted))
            .order_by(_NOT_DONE.desc(), _EXAM.called_at.desc(), _EXAM.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [_examination(row) for row in rows]

    def count(self, wanted: ExaminationFilter) -> int:
        return self._connection.scalar(select(func.count()).select_from(examination).where(_condition(wanted))) or 0

    def load(self) -> dict[str, int]:
        """How many each examiner has still to do."""
        rows = self._connection.execute(
            select(_EXAM.examiner, func.count().label("waiting")).where(_NOT_DONE).group_by(_EXAM.examiner)
        )
        return {row.examiner: row.waiting for row in rows}

    def examined(self, keys: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of these calls that have an examination, calibrations aside."""
        found: set[tuple[str, str]] = set()
        for some in batches(keys):
            rows = self._connection.execute(
                select(_EXAM.node, _EXAM.linkedid).where(
                    tuple_(_EXAM.node, _EXAM.linkedid).in_(list(some)), _EXAM.calibration_id.is_(None)
                )
            )
            found.update((row.node, row.linkedid) for row in rows)
        return found

    def has_published(self, node: str, linkedid: str, extension: str) -> bool:
        """Whether this operator may see a result of the call."""
        return self.count(ExaminationFilter(node=node, linkedid=linkedid, extension=extension, published=True)) > 0

    def ids_of(self, node: str, linkedid: str) -> list[int]:
        """Of the call's examinations, calibrations aside."""
        return list(
            self._connection.scalars(
                select(_EXAM.id)
                .where(_EXAM.node == node, _EXAM.linkedid == linkedid, _EXAM.calibration_id.is_(None))
                .order_by(_EXAM.id)
            )
        )

    def of_calibration(self, calibration_id: int) -> list[Examination]:
        """By examiner."""
        rows = self._connection.execute(
            select(examination).where(_EXAM.calibration_id == calibration_id).order_by(_EXAM.examiner, _EXAM.id)
        )
        return [_examination(row) for row in rows]

    def add_comment(self, comment: Comment) -> Comment:
        values = {
            name: getattr(comment, name) for name in ("examination_id", "second", "text", "written_by", "written_at")
        }
        result = self._connection.execute(insert(examination_comment).values(values))
        return dataclasses.replace(comment, id=new_id(result))

    def comments(self, examination_id: int) -> list[Comment]:
        """By second; those about the whole first."""
        rows = self._connection.execute(
            select(examination_comment)
            .where(examination_comment.c.examination_id == examination_id)
            .order_by(func.coalesce(examination_comment.c.second, -1), examination_comment.c.id)
        )
        return [_comment(row) for row in rows]

    def add_appeal(self, new: Appeal) -> Appeal:
        values = {name: getattr(new, name) for name in ("examination_id", "reason", "appealed_by", "appealed_at")}
        values["items"] = list(new.items)
        result = self._connection.execute(insert(appeal).values(values))
        return dataclasses.replace(new, id=new_id(result))

    def appeal(self, appeal_id: int) -> Appeal | None:
        return self._one_appeal(appeal.c.id == appeal_id)

    def appeal_of(self, examination_id: int) -> Appeal | None:
        return self._one_appeal(appeal.c.examination_id == examination_id)

    def appeals(self, open_only: bool, limit: int) -> list[Appeal]:
        """Newest first."""
        wanted = select(appeal).order_by(appeal.c.id.desc()).limit(limit)
        if open_only:
            wanted = wanted.where(appeal.c.decided_at.is_(None))
        return [_appeal(row) for row in self._connection.execute(wanted)]

    def appeals_waiting(self, examiner: str) -> int:
        """How many open ones this examiner may decide: those of others' results."""
        first = appeal.join(examination, _EXAM.id == appeal.c.examination_id)
        theirs = (appeal.c.decided_at.is_(None), _EXAM.examiner != examiner)
        return self._connection.scalar(select(func.count()).select_from(first).where(*theirs)) or 0

    def decide(self, decided: Appeal) -> bool:
        """Write the decision; False when there was one already."""
        return (
            self._connection.execute(
                update(appeal)
                .where(appeal.c.id == decided.id, appeal.c.decided_at.is_(None))
                .values(
                    decision=decided.decision.value if decided.decision else None,
                    points=None if decided.points is None else dict(decided.points),
                    score=decided.score,
                    note=decided.note,
                    decided_by=decided.decided_by,
                    decided_at=decided.decided_at,
                )
            ).rowcount
            == 1
        )

    def _one_appeal(self, condition: ColumnElement[bool]) -> Appeal | None:
        row = self._connection.execute(select(appeal).where(condition)).first()
        return _appeal(row) if row else None


def _condition(wanted: ExaminationFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    for name in ("extension", "why", "node", "linkedid"):
        if value := getattr(wanted, name):
            parts.append(_EXAM[name] == value)
    if wanted.had is not None:
        parts.append(had(wanted.had, _EXAM.extension, _EXAM.called_at))
    if wanted.examiner is not None:
        parts.append(_EXAM.examiner == wanted.examiner)
    if wanted.states:
        parts.append(_EXAM.state.in_([state.value for state in wanted.states]))
    if wanted.draw_id is not None:
        parts.append(_EXAM.draw_id == wanted.draw_id)
    if wanted.since is not None:
        parts.append(_EXAM.called_at >= wanted.since)
    if wanted.until is not None:
        parts.append(_EXAM.called_at < wanted.until)
    if wanted.published:
        parts += [_EXAM.state != ExaminationState.ASSIGNED.value, _EXAM.calibration_id.is_(None)]
    if wanted.unseen:
        parts.append(_EXAM.seen_by_operator_at.is_(None))
    if wanted.overdue_at is not None:
        parts += [_NOT_DONE, _EXAM.due_at < wanted.overdue_at]
    return and_(*parts)
