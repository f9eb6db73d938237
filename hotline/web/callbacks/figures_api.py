"""Figures of what we owe, for other systems (A9, B5, B6)."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.callbacks.figures import OwedFigures
from hotline.domain.deadlines.figures import KeptFigures
from hotline.domain.rights.acts import Act
from hotline.services.callbacks.figures import FigureOf, FigureRow, rows_behind, what_is_owed
from hotline.services.shown import number_shown
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import MAX_INTEGER, Moment
from hotline.web.kit.shown import sees_whole_numbers

_TAG = Tag(name="callbacks", description="Calls that we owe (A9)")


class OwedFiguresView(BaseModel):
    """Of the callbacks that became owed in the time. A call of ours is the first try, or the close without one."""

    owed: int
    in_time: int = Field(description="called before they were due")
    late: int = Field(description="called later, or not yet and over")
    waiting: int = Field(description="not called yet, and in time")
    closed: int
    closed_percent: float | None = Field(description="of those owed")
    in_time_percent: float | None = Field(description="of those called or over")
    first_seconds: float | None = Field(description="on average until the first call")
    closing_seconds: float | None = Field(description="on average until the close, of those closed")


class KeptFiguresView(BaseModel):
    """Of what was or is due in the time."""

    kept: int = Field(description="before it was due")
    late: int = Field(description="done later")
    broken: int = Field(description="over and not done")
    waiting: int
    kept_percent: float | None = Field(description="of those done or over")


class WhatIsOwedView(BaseModel):
    callbacks: OwedFiguresView
    promises: KeptFiguresView = Field(description="B6")
    answers: KeptFiguresView = Field(description="B5")


class FigureTime(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: Moment
    until: Moment = Field(description="before this time; at most a year later")


class FigureRowsQuery(FigureTime):
    of: FigureOf
    figure: str = Field(
        max_length=16, description="of callbacks owed, in_time, late, waiting, closed; else kept, late, broken, waiting"
    )
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class OwedRowView(BaseModel):
    """`id`: of the callback, or of the record with the promise or the question."""

    id: int
    call_id: int | None
    line: str
    number_shown: str
    about: str = Field(description="the callback's reason, what was promised, or the question")
    began_at: datetime
    due_at: datetime
    first_at: datetime | None = Field(description="when we called first")
    done_at: datetime | None
    outcome: str
    who: str


class OwedRows(BaseModel):
    rows: list[OwedRowView]


def register(api: APIBlueprint) -> None:
    api.get("/callbacks/figures", tags=[_TAG], **stated(WhatIsOwedView))(owed_figures)
    api.get("/callbacks/figures/rows", tags=[_TAG], **stated(OwedRows))(owed_rows)


@may_api(Act.SEE_OWED_FIGURES)
def owed_figures(query: FigureTime) -> Response:
    """Callbacks by when they became owed, promises and answers by when they are due."""
    found = what_is_owed(web().storage, actor(), query.since, query.until, web().now())
    return answer(
        WhatIsOwedView(callbacks=_owed(found.callbacks), promises=_kept(found.promises), answers=_kept(found.answers))
    )


@may_api(Act.SEE_OWED_FIGURES)
def owed_rows(query: FigureRowsQuery) -> Response:
    """What a figure counts, the earliest first."""
    found = rows_behind(
        web().storage, actor(), query.of, query.figure, query.since, query.until, web().now(), query.limit, query.offset
    )
    whole = sees_whole_numbers()
    return answer(OwedRows(rows=[_row(each, whole) for each in found]))


def _owed(of: OwedFigures) -> OwedFiguresView:
    names = OwedFiguresView.model_fields
    return OwedFiguresView(**{name: getattr(of, name) for name in names})


def _kept(of: KeptFigures) -> KeptFiguresView:
    names = KeptFiguresView.model_fields
    return KeptFiguresView(**{name: getattr(of, name) for name in names})


def _row(row: FigureRow, whole: bool) -> OwedRowView:
    names = [name for name in OwedRowView.model_fields if name != "number_shown"]
    values = {name: getattr(row, name) for name in names}
    return OwedRowView(**values, number_shown=number_shown(row.number, whole))
