"""What the figures of quality are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, select

from hotline.domain.examination.figures import Broken, Examined, Scored
from hotline.domain.examination.records import AppealDecision, ExaminationState
from hotline.domain.examination.score import ScoreForm
from hotline.storage.score_forms import form_of_row
from hotline.storage.tables import appeal, call, call_finding, call_score, examination, score_form


def _within(table: Table, statement: Select[Any], since: datetime, until: datetime, extension: str) -> Select[Any]:
    """Joined to the ledger's row of the call."""
    same = and_(call.c.node == table.c.node, call.c.linkedid == table.c.linkedid)
    found = statement.add_columns(call.c.id.label("call_id")).join(call, same).where(
        table.c.called_at >= since, table.c.called_at < until).order_by(table.c.called_at.desc(), table.c.id)
    return found.where(table.c.extension == extension) if extension else found


class SqlQualityRows:
    """Fulfils hotline.services.ports_examination.QualityRows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def scored(self, since: datetime, until: datetime, extension: str) -> list[Scored]:
        wanted = select(call_score.c.extension, call_score.c.called_at, call_score.c.score).select_from(call_score)
        rows = self._connection.execute(_within(call_score, wanted, since, until, extension))
        return [Scored(row.call_id, row.extension, row.called_at, row.score) for row in rows]

    def broken(self, since: datetime, until: datetime, extension: str) -> list[Broken]:
        found = call_finding.c
        wanted = (select(found.extension, found.called_at, found.rule, found.kind).select_from(call_finding)
                  .where(found.breach, found.counts))
        rows = self._connection.execute(_within(call_finding, wanted, since, until, extension))
        return [Broken(row.call_id, row.extension, row.called_at, row.rule, row.kind) for row in rows]

    def examined(self, since: datetime, until: datetime, extension: str) -> list[Examined]:
        exam = examination.c
        wanted = (
            select(exam.id, exam.extension, exam.called_at, exam.score_form_id, exam.points, exam.score,
                   appeal.c.decision, appeal.c.points.label("new_points"), appeal.c.score.label("new_score"))
            .select_from(examination).outerjoin(appeal, appeal.c.examination_id == exam.id)
            .where(exam.state != ExaminationState.ASSIGNED.value, exam.calibration_id.is_(None)))
        rows = self._connection.execute(_within(examination, wanted, since, until, extension))
        return [_examined(row) for row in rows]

    def forms_used(self) -> Mapping[int, ScoreForm]:
        return {row.id: form_of_row(row) for row in self._connection.execute(select(score_form))}


def _examined(row: Any) -> Examined:
    changed = row.decision == AppealDecision.CHANGED.value
    return Examined(row.call_id, row.id, row.extension, row.called_at, row.score_form_id,
                    row.new_points if changed else row.points, row.new_score if changed else row.score)
