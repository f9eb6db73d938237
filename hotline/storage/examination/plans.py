"""Draws of samples, and calibrations."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, or_, select, update

from hotline.domain.calls.call import PartyKind
from hotline.domain.examination.records import Calibration, SampleDraw
from hotline.domain.examination.sample import SampleCandidate
from hotline.storage.calls.tables import call
from hotline.storage.calls.with_customer import IS_WITH_CUSTOMER
from hotline.storage.examination.tables import calibration, sample_draw
from hotline.storage.forms.tables import call_form
from hotline.storage.inserted import new_id
from hotline.storage.quality.complaints import IS_COMPLAINT
from hotline.storage.quality.tables import call_score
from hotline.storage.transaction import TableStore

_DRAW = sample_draw.c
_CALIBRATION_COLUMNS = tuple(each.name for each in dataclasses.fields(Calibration))

_CANDIDATES = (
    select(
        call.c.node,
        call.c.linkedid,
        func.coalesce(call_score.c.extension, call.c.answered_by).label("extension"),
        call.c.started_at,
        call.c.talk_seconds,
        IS_COMPLAINT.label("complaint"),
        call_score.c.score,
    )
    .select_from(call)
    .outerjoin(call_form, and_(call_form.c.node == call.c.node, call_form.c.linkedid == call.c.linkedid))
    .outerjoin(call_score, and_(call_score.c.node == call.c.node, call_score.c.linkedid == call.c.linkedid))
    .where(
        IS_WITH_CUSTOMER,
        call.c.ended_at.is_not(None),
        or_(call.c.answered_by_kind == PartyKind.OPERATOR.value, call_score.c.extension.is_not(None)),
    )
)


def _draw(row: Row[Any]) -> SampleDraw:
    drawn = tuple((node, linkedid, why) for node, linkedid, why in row.drawn)
    return SampleDraw(row.period, row.seed, row.plan, row.candidates, drawn, row.drawn_by, row.drawn_at, row.id)


class SampleStore(TableStore):
    def candidates(self, since: datetime, until: datetime) -> list[SampleCandidate]:
        """Finished calls of callers with an operator of ours; their handlers are not looked up."""
        rows = self._connection.execute(_CANDIDATES.where(call.c.started_at >= since, call.c.started_at < until))
        return [
            SampleCandidate(
                row.node, row.linkedid, row.extension, row.started_at, row.talk_seconds, bool(row.complaint), row.score
            )
            for row in rows
        ]

    def of_period(self, period: str) -> SampleDraw | None:
        return self._one(_DRAW.period == period)

    def by_id(self, draw_id: int) -> SampleDraw | None:
        return self._one(_DRAW.id == draw_id)

    def add(self, drawn: SampleDraw) -> SampleDraw:
        result = self._connection.execute(
            insert(sample_draw).values(
                period=drawn.period,
                seed=drawn.seed,
                plan=dict(drawn.plan),
                candidates=drawn.candidates,
                drawn=[list(each) for each in drawn.drawn],
                drawn_by=drawn.drawn_by,
                drawn_at=drawn.drawn_at,
            )
        )
        return dataclasses.replace(drawn, id=new_id(result))

    def latest(self, limit: int) -> list[SampleDraw]:
        """Newest first."""
        rows = self._connection.execute(select(sample_draw).order_by(_DRAW.period.desc()).limit(limit))
        return [_draw(row) for row in rows]

    def _one(self, condition: ColumnElement[bool]) -> SampleDraw | None:
        row = self._connection.execute(select(sample_draw).where(condition)).first()
        return _draw(row) if row else None


def _calibration(row: Row[Any]) -> Calibration:
    return Calibration(**{name: getattr(row, name) for name in _CALIBRATION_COLUMNS})


class CalibrationStore(TableStore):
    def add(self, new: Calibration) -> Calibration:
        values = {name: getattr(new, name) for name in _CALIBRATION_COLUMNS if name != "id"}
        result = self._connection.execute(insert(calibration).values(values))
        return dataclasses.replace(new, id=new_id(result))

    def by_id(self, calibration_id: int) -> Calibration | None:
        row = self._connection.execute(select(calibration).where(calibration.c.id == calibration_id)).first()
        return _calibration(row) if row else None

    def latest(self, limit: int) -> list[Calibration]:
        """Newest first."""
        rows = self._connection.execute(select(calibration).order_by(calibration.c.id.desc()).limit(limit))
        return [_calibration(row) for row in rows]

    def close(self, calibration_id: int, conclusion: str, now: datetime) -> bool:
        """False when it is closed already."""
        return (
            self._connection.execute(
                update(calibration)
                .where(calibration.c.id == calibration_id, calibration.c.closed_at.is_(None))
                .values(closed_at=now, conclusion=conclusion)
            ).rowcount
            == 1
        )
