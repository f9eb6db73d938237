"""What the figures of quality are made of. What every call brings is summed by the database, from indexes alone: months
hold a hundred thousand calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, case, exists, func, select

from hotline.domain.examination.figures import Broken, Examined, FigureFilter, MeasuredCall, ScoreTally
from hotline.domain.examination.records import AppealDecision, ExaminationState
from hotline.domain.examination.score import ScoreForm
from hotline.storage.calls.tables import call
from hotline.storage.examination.tables import appeal, examination
from hotline.storage.quality.score_forms import form_of_row
from hotline.storage.quality.tables import call_finding, call_score, score_form
from hotline.storage.staff.had import had
from hotline.storage.transaction import TableStore

_SCORE, _FOUND = call_score.c, call_finding.c
_BROKEN = and_(_FOUND.breach, _FOUND.counts)
_BY_FORM = call_score.outerjoin(score_form, score_form.c.id == _SCORE.score_form_id)


def _within(table: Table, wanted: FigureFilter) -> ColumnElement[bool]:
    parts = [table.c.called_at >= wanted.since, table.c.called_at < wanted.until]
    if wanted.had is not None:
        parts.append(had(wanted.had, table.c.extension, table.c.called_at))
    elif wanted.extension:
        parts.append(table.c.extension == wanted.extension)
    if wanted.queue and table is call_score:
        parts.append(_SCORE.queue == wanted.queue)
    elif wanted.queue:
        parts.append(
            exists().where(
                _SCORE.node == table.c.node, _SCORE.linkedid == table.c.linkedid, _SCORE.queue == wanted.queue
            )
        )
    return and_(*parts)


def _with_call(statement: Select[Any], table: Table) -> Select[Any]:
    """With the ledger's row, newest first."""
    same = and_(call.c.node == table.c.node, call.c.linkedid == table.c.linkedid)
    return (
        statement.add_columns(call.c.id.label("call_id"))
        .join(call, same)
        .order_by(table.c.called_at.desc(), table.c.id)
    )


class QualityRowStore(TableStore):
    """What the figures are made of, and the calls behind them, newest first."""

    def tallies(self, wanted: FigureFilter) -> dict[str, ScoreTally]:
        """By extension."""
        passed = case((_SCORE.score >= score_form.c.pass_line, 1), else_=0)
        rows = self._connection.execute(
            select(
                _SCORE.extension,
                func.count().label("calls"),
                func.count(_SCORE.score).label("scored"),
                func.coalesce(func.sum(_SCORE.score), 0.0).label("points"),
                func.sum(passed).label("passed"),
            )
            .select_from(_BY_FORM)
            .where(_within(call_score, wanted))
            .group_by(_SCORE.extension)
        )
        return {row.extension: ScoreTally(row.calls, row.scored, float(row.points), int(row.passed)) for row in rows}

    def broken(self, wanted: FigureFilter) -> list[Broken]:
        one_call = (
            select(_FOUND.rule, _FOUND.kind, func.count().label("breaches"))
            .where(_BROKEN, _within(call_finding, wanted))
            .group_by(_FOUND.rule, _FOUND.kind, _FOUND.node, _FOUND.linkedid)
            .subquery()
        )
        rows = self._connection.execute(
            select(
                one_call.c.rule,
                one_call.c.kind,
                func.sum(one_call.c.breaches).label("breaches"),
                func.count().label("calls"),
            ).group_by(one_call.c.rule, one_call.c.kind)
        )
        return [Broken(row.rule, row.kind, int(row.breaches), row.calls) for row in rows]

    def examined(self, wanted: FigureFilter) -> list[Examined]:
        """Published ones, with what an appeal changed."""
        exam = examination.c
        found = (
            select(
                exam.id,
                exam.extension,
                exam.called_at,
                exam.score_form_id,
                exam.points,
                exam.score,
                appeal.c.decision,
                appeal.c.points.label("new_points"),
                appeal.c.score.label("new_score"),
            )
            .select_from(examination)
            .outerjoin(appeal, appeal.c.examination_id == exam.id)
            .where(
                exam.state != ExaminationState.ASSIGNED.value,
                exam.calibration_id.is_(None),
                _within(examination, wanted),
            )
        )
        return [_examined(row) for row in self._connection.execute(_with_call(found, examination))]

    def forms_used(self) -> Mapping[int, ScoreForm]:
        """Every version by its id."""
        return {row.id: form_of_row(row) for row in self._connection.execute(select(score_form))}

    def scored_calls(self, wanted: FigureFilter, below: bool, limit: int, offset: int = 0) -> list[MeasuredCall]:
        """Calls that were measured; `below`: those alone whose automatic score is below the pass line."""
        found = (
            select(_SCORE.extension, _SCORE.called_at, _SCORE.score).select_from(_BY_FORM).where(_scored(wanted, below))
        )
        rows = self._connection.execute(_with_call(found, call_score).limit(limit).offset(offset))
        return [MeasuredCall(row.call_id, row.extension, row.called_at, row.score) for row in rows]

    def count_scored(self, wanted: FigureFilter, below: bool) -> int:
        return self._connection.scalar(select(func.count()).select_from(_BY_FORM).where(_scored(wanted, below))) or 0

    def broken_calls(
        self, wanted: FigureFilter, rule: str, kind: str, limit: int, offset: int = 0
    ) -> list[MeasuredCall]:
        """One for each time that the rule is broken; `kind` "": whatever is measured of the rule."""
        found = select(call_finding).where(_breaches(wanted, rule, kind))
        rows = self._connection.execute(_with_call(found, call_finding).limit(limit).offset(offset))
        return [
            MeasuredCall(
                row.call_id,
                row.extension,
                row.called_at,
                None,
                row.rule,
                row.kind,
                row.value,
                row.limit_value,
                row.from_second,
                row.to_second,
                row.words,
            )
            for row in rows
        ]

    def count_broken(self, wanted: FigureFilter, rule: str, kind: str) -> int:
        return (
            self._connection.scalar(select(func.count()).select_from(call_finding).where(_breaches(wanted, rule, kind)))
            or 0
        )


def _scored(wanted: FigureFilter, below: bool) -> ColumnElement[bool]:
    within = _within(call_score, wanted)
    return and_(within, _SCORE.score < score_form.c.pass_line) if below else within


def _breaches(wanted: FigureFilter, rule: str, kind: str) -> ColumnElement[bool]:
    found = and_(_BROKEN, _FOUND.rule == rule, _within(call_finding, wanted))
    return and_(found, _FOUND.kind == kind) if kind else found


def _examined(row: Any) -> Examined:
    changed = row.decision == AppealDecision.CHANGED.value
    return Examined(
        row.call_id,
        row.id,
        row.extension,
        row.called_at,
        row.score_form_id,
        row.new_points if changed else row.points,
        row.new_score if changed else row.score,
    )
