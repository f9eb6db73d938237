"""Where subjects stand, when they are, and by which moments it is known that something became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_

from hotline.storage.calls.tables import call
from hotline.storage.deadlines.tables import deadline
from hotline.storage.forms.tables import call_form
from hotline.storage.quality.tables import call_score

_DAY = timedelta(days=1)


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
_ENDED = _CALL.ended_at.is_not(None)


def _same(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(one.c.node == other.c.node, one.c.linkedid == other.c.linkedid)


_SCORED = call.outerjoin(call_score, _same(call_score, call))
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
    "calls": Source(call, _CALL.id, _CALL.started_at, (Moment(_CALL.updated_at),), (_ENDED,)),
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
    "records": Source(call_form, _FORM.id, _FORM.called_at, (Moment(_FORM.updated_at),), (_FORM.state == "done",)),
}
