"""Forecast and staffing, for other systems."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.rights.acts import Act
from hotline.domain.staffing.forecast import Error
from hotline.services.staffing.staffing import Source, see_staffing
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import Day

_TAG = Tag(name="staffing", description="How many calls will come, and how many people they need")


class StaffingQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    line: str = Field("", max_length=64, description="empty: all lines together")
    day: Day = Field(description="a day of the week asked for")


class StaffingSlot(BaseModel):
    """Half an hour."""

    starts_at: datetime
    calls: float = Field(description="forecast")
    needed: int = Field(description="people to be planned for the service level")
    planned: int = Field(description="at the desk for all of it")
    missing: int
    open: bool


class ForecastError(BaseModel):
    """Shares of the calls that came in the last four weeks, each forecast from what was known before it."""

    calls: int
    wape: float | None
    bias: float | None


class StaffingWeek(BaseModel):
    line: str
    source: Source
    weeks: int = Field(description="of history that counts; with fewer than 8 nothing is forecast from it")
    talk_seconds: float
    patience_seconds: float
    slots: list[StaffingSlot]
    error: ForecastError | None
    error_by_half_hour: list[ForecastError] = Field(description="from 00:00; empty without enough history")


def register(api: APIBlueprint) -> None:
    api.get("/staffing", tags=[_TAG], **stated(StaffingWeek, 404))(staffing_week)


@may_api(Act.SEE_STAFFING)
def staffing_week(query: StaffingQuery) -> Response:
    """A week by half hour: calls, people needed by Erlang A, people planned, people missing."""
    context = web()
    seen = see_staffing(context.storage, context.settings, query.line, query.day, actor(), context.now())
    names = StaffingSlot.model_fields
    slots = [StaffingSlot(**{name: getattr(slot, name) for name in names}) for day in seen.days for slot in day.slots]
    measured = seen.measured
    return answer(
        StaffingWeek(
            line=seen.line,
            source=seen.source,
            weeks=seen.weeks,
            talk_seconds=seen.aim.talk_seconds,
            patience_seconds=seen.aim.patience_seconds,
            slots=slots,
            error=_error(measured.whole) if measured else None,
            error_by_half_hour=[_error(each) for each in measured.by_slot] if measured else [],
        )
    )


def _error(error: Error) -> ForecastError:
    return ForecastError(calls=error.calls, wape=error.wape, bias=error.bias)
