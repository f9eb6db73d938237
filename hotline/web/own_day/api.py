"""Somebody's own day, for other screens of theirs."""

from __future__ import annotations

from datetime import date, datetime

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, Field

from hotline.domain.own_day.day import OwnFigure, OwnShift
from hotline.domain.rights.acts import Act
from hotline.services.own_day.own_day import see_own_day
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_TAG = Tag(name="own day", description="What one has done today, and what is to be done")


class OwnDayFigure(BaseModel):
    figure: OwnFigure
    count: int
    late: int = Field(description="those of them that should have been done")
    mean: float | None = Field(description="of ratings, in 1 to 5, or of scores, of 100")
    seconds: float | None = Field(description="of talk")


class OwnDayShift(BaseModel):
    starts_at: datetime
    ends_at: datetime
    kind: str
    duty: bool = Field(description="with the duty mobile")


class OwnDayView(BaseModel):
    day: date
    figures: list[OwnDayFigure]
    shift: OwnDayShift | None = Field(description="that goes on")
    next_shift: OwnDayShift | None


def register(api: APIBlueprint) -> None:
    api.get("/own-day", tags=[_TAG], **stated(OwnDayView))(own_day)


@may_api(Act.SEE_OWN_DAY)
def own_day() -> Response:
    """Of whoever asks."""
    day = see_own_day(web().storage, web().settings, actor(), web().now())
    figures = [
        OwnDayFigure(figure=figure, count=of.count, late=of.late, mean=of.mean, seconds=of.seconds)
        for figure, of in day.figures.items()
    ]
    shown = OwnDayView(day=day.day, figures=figures, shift=_shift(day.shift), next_shift=_shift(day.next_shift))
    return Response(shown.model_dump_json(), mimetype="application/json")


def _shift(of: OwnShift | None) -> OwnDayShift | None:
    if of is None:
        return None
    return OwnDayShift(starts_at=of.span.starts_at, ends_at=of.span.ends_at, kind=of.kind, duty=of.duty)
