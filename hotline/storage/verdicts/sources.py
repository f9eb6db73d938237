"""Where subjects stand, when they are, and by which moments it is known that something became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_

from hotline.storage.adherence.tables import missed_start
from hotline.storage.callbacks.tables import callback
from hotline.storage.calls.tables import call
from hotline.storage.cases.tables import service_case
from hotline.storage.deadlines.tables import deadline
from hotline.storage.dialling.tables import dial
from hotline.storage.examination.tables import examination
from hotline.storage.forms.tables import call_form
from hotline.storage.line.tables import blocked_number
from hotline.storage.quality.tables import call_score
from hotline.storage.shifts.tables import shift
from hotline.storage.visits.tables import IS_CLOSED, visit

_DAY = timedelta(days=1)
#: So long after the end of a shift it is known who came.
_SETTLED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Moment:
    """`later`: it counts so long after what stands in the column. `only`: rows for which it says something."""

    column: ColumnElement[Any]
    later: timedelta = timedelta()
    only: tuple[ColumnElement[bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """`id`: of the subjects, growing; `at`: their own time. `moments`: each is indexed."""

    table: FromClause
    id: ColumnElement[Any]
    at: ColumnElement[Any]
    moments: tuple[Moment, ...]
    only: tuple[ColumnElement[bool], ...] = ()


_CALL, _SCORE, _FORM, _DUE = call.c, call_score.c, call_form.c, deadline.c
_OWED, _CASE, _VISIT, _SHIFT, _MISSED = callback.c, service_case.c, visit.c, shift.c, missed_start.c
_ENDED = _CALL.ended_at.is_not(None)


def _same(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(one.c.node == other.c.node, one.c.linkedid == other.c.linkedid)


_SCORED = call.outerjoin(call_score, _same(call_score, call))
_CALLED_BACK = callback.outerjoin(deadline, and_(_DUE.object_id == _OWED.id, _DUE.clock == "callback"))
_WORKED = shift.outerjoin(
    missed_start, and_(_MISSED.person_id == _SHIFT.person_id, _MISSED.starts_at == _SHIFT.starts_at)
)
_WRITTEN = call.outerjoin(call_form, _same(call_form, call))


def deadline_source(*clocks: str) -> Source:
    """The things that have one of these clocks."""
    return Source(
        deadline,
        _DUE.object_id,
        _DUE.started_at,
        (Moment(_DUE.stopped_at), Moment(_DUE.breach_told_at)),
        (_DUE.clock.in_(clocks),),
    )


SOURCES: Mapping[str, Source] = {
    # Judged when they are over, and again when it was measured when we said our first words.
    "calls": Source(
        _SCORED, _CALL.id, _CALL.started_at, (Moment(_CALL.updated_at), Moment(_SCORE.evaluated_at)), (_ENDED,)
    ),
    # Judged when they are measured; a day later it is known that they were not.
    "measured": Source(
        _SCORED,
        _CALL.id,
        _CALL.started_at,
        (Moment(_SCORE.evaluated_at), Moment(_CALL.ended_at, _DAY, (_SCORE.id.is_(None),))),
        (_ENDED,),
    ),
    # Written up when the record is done; a day later it is known that it is not.
    "written": Source(
        _WRITTEN, _CALL.id, _CALL.started_at, (Moment(_FORM.updated_at), Moment(_CALL.ended_at, _DAY)), (_ENDED,)
    ),
    "records": Source(call_form, _FORM.id, _FORM.called_at, (Moment(_FORM.updated_at),)),
    "callbacks": Source(
        _CALLED_BACK,
        _OWED.id,
        _OWED.owed_from,
        (Moment(_OWED.closed_at), Moment(_DUE.breach_told_at, only=(_DUE.clock == "callback",))),
    ),
    "cases": Source(service_case, _CASE.id, _CASE.opened_at, (Moment(_CASE.closed_at),), (_CASE.state == "closed",)),
    "visits": Source(visit, _VISIT.id, _VISIT.begins_at, (Moment(_VISIT.closed_at),), (IS_CLOSED,)),
    "examinations": Source(examination, examination.c.id, examination.c.called_at, (Moment(examination.c.done_at),)),
    "dials": Source(dial, dial.c.id, dial.c.asked_at, (Moment(dial.c.ended_at),)),
    "blocks": Source(
        blocked_number, blocked_number.c.id, blocked_number.c.created_at, (Moment(blocked_number.c.created_at),)
    ),
    "shifts": Source(
        _WORKED,
        _SHIFT.id,
        _SHIFT.starts_at,
        (Moment(_SHIFT.ends_at, _SETTLED), Moment(_MISSED.decided_at)),
        (_SHIFT.published_at.is_not(None),),
    ),
}
