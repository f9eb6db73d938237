"""The floor: what goes on, and what supervisors do."""

from __future__ import annotations

from typing import Literal

from flask import Response, current_app
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.floor.floor import MonitoringMode
from hotline.domain.rights.acts import Act
from hotline.domain.text import one_line
from hotline.services.floor import monitoring
from hotline.services.floor.floor import DayBook, Floor, LineNow, Today
from hotline.services.floor.view import floor_shown, line_on_floor, today_shown
from hotline.services.line import line as line_service
from hotline.services.line.names import require_line
from hotline.services.operators.console import operator_now
from hotline.services.operators.presence import OperatorView
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import MAX_INTEGER, Moment

_FLOOR = Tag(name="floor", description="The floor, for supervisors")
_BOOK = "hotline.day_book"

_Words = Field(min_length=1, max_length=200, pattern=r"\S")


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OperatorPath(BaseModel):
    extension: str = Field(min_length=1, max_length=20, description="of the settings: [operators.<extension>]")


class FloorCallPath(BaseModel):
    call_id: int = Field(ge=1, le=MAX_INTEGER)


class ReasonBody(_Body):
    reason: str = _Words


class NoBody(_Body):
    """An empty object."""


class SpyBody(_Body):
    mode: MonitoringMode = Field(description="listen: nobody hears you; whisper: the operator does; barge: both do")


class TakeOverBody(_Body):
    reason: str = Field("", max_length=200)


class DeclareBody(_Body):
    mode: Literal["open", "closed"]
    until: Moment = Field(description="without a zone: Asia/Shanghai; at most 60 days ahead")
    reason: str = _Words
    line: str = Field("", max_length=32, description="id of the line; empty: every line")


class LineQuery(BaseModel):
    line: str = Field("", max_length=32, description="id of the line; empty: every line")


def register(api: APIBlueprint) -> None:
    api.get("/floor", tags=[_FLOOR], **stated(Floor))(floor_now)
    api.get("/floor/today", tags=[_FLOOR], **stated(Today))(today)
    one = "/floor/operators/<string:extension>"
    api.post(f"{one}/pause", tags=[_FLOOR], **stated(OperatorView, 404, 409))(pause)
    api.post(f"{one}/resume", tags=[_FLOOR], **stated(OperatorView, 404, 409))(resume)
    api.post(f"{one}/sign-out", tags=[_FLOOR], **stated(OperatorView, 404, 409))(sign_out)
    api.post(f"{one}/spy", tags=[_FLOOR], **stated(None, 404, 409))(spy)
    api.post("/floor/calls/<int:call_id>/take-over", tags=[_FLOOR], **stated(None, 404, 409))(take_over)
    api.post("/floor/line", tags=[_FLOOR], **stated(LineNow, 404))(declare)
    api.delete("/floor/line", tags=[_FLOOR], **stated(LineNow, 404))(by_calendar)


def day_book() -> DayBook:
    """This process's figures of the day."""
    book: DayBook = current_app.extensions.setdefault(_BOOK, DayBook(web().in_force))
    return book


@may_api(Act.WATCH_FLOOR)
def floor_now() -> Response:
    """Everything at once; what changes later comes by /events?floor=1."""
    context = web()
    return _json(floor_shown(context.storage, context.settings, day_book(), actor(), context.now()))


@may_api(Act.SEE_FIGURES_OF_TODAY)
def today() -> Response:
    """The figures of the day alone."""
    context = web()
    return _json(today_shown(context.storage, day_book(), context.now()))


@may_api(Act.STEER_OPERATORS)
def pause(path: OperatorPath, body: ReasonBody) -> Response:
    """No more calls for this operator; a talk goes on. They are shown who did it and why."""
    context = web()
    monitoring.pause(
        context.storage, context.settings, context.pbx, path.extension, body.reason, actor(), context.now()
    )
    return _operator(path)


@may_api(Act.STEER_OPERATORS)
def resume(path: OperatorPath, body: NoBody) -> Response:
    """Calls come to this operator again."""
    context = web()
    monitoring.resume(context.storage, context.settings, context.pbx, path.extension, actor(), context.now())
    return _operator(path)


@may_api(Act.STEER_OPERATORS)
def sign_out(path: OperatorPath, body: ReasonBody) -> Response:
    """Out of every queue; a talk goes on. They are shown who did it and why."""
    context = web()
    monitoring.sign_out(
        context.storage, context.settings, context.pbx, path.extension, body.reason, actor(), context.now()
    )
    return _operator(path)


@may_api(Act.MONITOR)
def spy(path: OperatorPath, body: SpyBody) -> tuple[str, int]:
    """Your own phone rings; picked up, it is in the operator's talk."""
    context = web()
    monitoring.monitor(
        context.storage, context.settings, context.pbx, path.extension, body.mode, actor(), context.now()
    )
    return "", 204


@may_api(Act.TAKE_OVER)
def take_over(path: FloorCallPath, body: TakeOverBody) -> tuple[str, int]:
    """The caller goes on at your own phone."""
    context = web()
    monitoring.take_over(
        context.storage, context.settings, context.pbx, path.call_id, actor(), context.now(), body.reason
    )
    return "", 204


@may_api(Act.DECLARE_LINE)
def declare(body: DeclareBody) -> Response:
    """The line, or every line, is open or closed from now until then, whatever the calendar says. The answer is that
    line, or the first."""
    context = web()
    reason = one_line(body.reason)
    require_line(context.settings, body.line)
    line_service.declare(context.storage, body.mode, body.until, actor().name, reason, context.now(), body.line)
    return _line(body.line)


@may_api(Act.DECLARE_LINE)
def by_calendar(query: LineQuery) -> Response:
    """The line, or every line, goes by the calendar again."""
    context = web()
    require_line(context.settings, query.line)
    line_service.go_by_calendar(context.storage, actor().name, context.now(), query.line)
    return _line(query.line)


def _operator(path: OperatorPath) -> Response:
    context = web()
    return _json(operator_now(context.storage, context.settings, path.extension))


def _line(line: str) -> Response:
    context = web()
    return _json(line_on_floor(context.storage, context.settings, context.now(), line))


def _json(view: BaseModel) -> Response:
    return Response(view.model_dump_json(), mimetype="application/json")
