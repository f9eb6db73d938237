"""What the items of a score are made of, as the database has it: by person summed, and one by one. The sums are of the
very rows that are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, literal, select

from hotline.domain.appraisal.card import Material, MaterialRow
from hotline.domain.appraisal.scheme import Measure
from hotline.domain.calls.call import PartyKind
from hotline.domain.cases.case import CaseState
from hotline.domain.examination.records import AppealDecision, ExaminationState
from hotline.domain.floor.figures import CountsAs
from hotline.storage.accounts.tables import user
from hotline.storage.calls.tables import call
from hotline.storage.cases.tables import service_case
from hotline.storage.examination.tables import appeal, examination
from hotline.storage.satisfaction.tables import rating
from hotline.storage.staff.had import had_by
from hotline.storage.staff.tables import person, tenure
from hotline.storage.transaction import TableStore


class MaterialStore(TableStore):
    """Of things that were in [since, until), by who it was at that moment."""

    def sums(self, measure: Measure, since: datetime, until: datetime) -> dict[int, Material]:
        """By person."""
        rows = _SOURCES[measure](since, until).subquery()
        summed = select(rows.c.person_id, func.sum(rows.c.total).label("total"), func.sum(rows.c.of).label("of"))
        found = self._connection.execute(summed.group_by(rows.c.person_id))
        return {row.person_id: Material(float(row.total), float(row.of)) for row in found}

    def rows(
        self, measure: Measure, person_id: int, since: datetime, until: datetime, limit: int, offset: int = 0
    ) -> list[MaterialRow]:
        """The newest first."""
        rows = _SOURCES[measure](since, until).subquery()
        wanted = select(rows).where(rows.c.person_id == person_id).order_by(rows.c.at.desc(), rows.c.id.desc())
        found = self._connection.execute(wanted.limit(limit).offset(offset))
        return [MaterialRow(row.kind, row.id, row.at, Material(float(row.total), float(row.of))) for row in found]


def _examined(since: datetime, until: datetime) -> Select[Any]:
    """Published results, with what an appeal changed."""
    it = examination.c
    score = case((appeal.c.decision == AppealDecision.CHANGED.value, appeal.c.score), else_=it.score)
    source = examination.join(tenure, had_by(tenure, it.extension, it.called_at)).outerjoin(
        appeal, appeal.c.examination_id == it.id
    )
    return (
        _row("examination", it.id, it.called_at, score, literal(1))
        .select_from(source)
        .where(
            it.called_at >= since,
            it.called_at < until,
            it.state != ExaminationState.ASSIGNED.value,
            it.calibration_id.is_(None),
            it.score.is_not(None),
        )
    )


def _rated(since: datetime, until: datetime) -> Select[Any]:
    it = rating.c
    its_call = select(call.c.id).where(call.c.node == it.node, call.c.linkedid == it.linkedid).scalar_subquery()
    return (
        _row("call", its_call, it.offered_at, it.answer, literal(1))
        .select_from(rating.join(tenure, had_by(tenure, it.extension, it.offered_at)))
        .where(it.offered_at >= since, it.offered_at < until, it.answer.is_not(None))
    )


def _talked(since: datetime, until: datetime) -> Select[Any]:
    it = call.c
    return (
        _row("call", it.id, it.started_at, it.talk_seconds, literal(1))
        .select_from(call.join(tenure, had_by(tenure, it.answered_by, it.started_at)))
        .where(
            it.started_at >= since,
            it.started_at < until,
            it.ended_at.is_not(None),
            it.counts_as == CountsAs.ANSWERED.value,
            it.answered_by_kind == PartyKind.OPERATOR.value,
        )
    )


def _complained(since: datetime, until: datetime) -> Select[Any]:
    """Cases that are about one of us; one of which there were such before counts twice (F4). `of` is none: who served
    is counted once, whatever came."""
    it = service_case.c
    source = service_case.join(user, user.c.username == it.about).join(person, person.c.user_id == user.c.id)
    weight = case((it.repeats > 0, 2), else_=1)
    return (
        _row("case", it.id, it.opened_at, weight, literal(0), person.c.id)
        .select_from(source)
        .where(it.opened_at >= since, it.opened_at < until, it.about != "", it.state != CaseState.MERGED.value)
    )


def _row(kind: str, id: Any, at: Any, total: Any, of: Any, person_id: Any = tenure.c.person_id) -> Select[Any]:
    return select(
        literal(kind).label("kind"),
        id.label("id"),
        at.label("at"),
        person_id.label("person_id"),
        total.label("total"),
        of.label("of"),
    )


_SOURCES: Mapping[Measure, Callable[[datetime, datetime], Select[Any]]] = {
    Measure.EXAMINATION: _examined,
    Measure.SATISFACTION: _rated,
    Measure.AVERAGE_TALK: _talked,
    Measure.COMPLAINTS: _complained,
}
