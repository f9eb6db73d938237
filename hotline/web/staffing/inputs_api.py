"""What a forecast is told by people, for other systems: volumes of a site without history, days that do not count."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.rights.acts import Act
from hotline.domain.staffing.days import SLOTS, LikeDay
from hotline.domain.staffing.left_out import LeftOutDay
from hotline.domain.staffing.typed import MOST_CALLS
from hotline.services.staffing import staffing
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import MAX_INTEGER, Day

_TAG = Tag(name="staffing", description="How many calls will come, and how many people they need")

#: Calls by half hour, from 00:00.
Course = Annotated[list[Annotated[float, Field(ge=0, le=MOST_CALLS)]], Field(min_length=SLOTS, max_length=SLOTS)]


class VolumesBody(BaseModel):
    """Calls by half hour, from 00:00, of each weekday and of public holidays; a day that is missing has none."""

    model_config = ConfigDict(extra="forbid")

    line: str = Field("", max_length=64, description="empty: all lines together")
    mon: Course | None = None
    tue: Course | None = None
    wed: Course | None = None
    thu: Course | None = None
    fri: Course | None = None
    sat: Course | None = None
    sun: Course | None = None
    holiday: Course | None = None


class LeftOutQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    line: str = Field("", max_length=64, description="empty: all lines together")


class LeftOutBody(LeftOutQuery):
    day: Day = Field(description="of the past")
    why: str = Field(min_length=1, max_length=staffing.MAX_WHY)


class LeftOutPath(BaseModel):
    day_id: int = Field(ge=1, le=MAX_INTEGER)


class LeftOutView(BaseModel):
    id: int
    line: str
    day: date
    why: str


class LeftOutList(BaseModel):
    days: list[LeftOutView]


def register(api: APIBlueprint) -> None:
    api.put("/staffing/volumes", tags=[_TAG], **stated(None, 404))(put_volumes)
    api.get("/staffing/left-out-days", tags=[_TAG], **stated(LeftOutList, 404))(left_out_days)
    api.post("/staffing/left-out-days", tags=[_TAG], **stated(LeftOutView, 404, 409, status=201))(leave_day_out)
    api.delete("/staffing/left-out-days/<int:day_id>", tags=[_TAG], **stated(None, 404))(count_day_again)


@may_api(Act.PLAN_STAFFING)
def put_volumes(body: VolumesBody) -> tuple[str, int]:
    """What a line without 8 weeks of history expects, in place of what was said before."""
    given = {like: course for like in LikeDay if (course := getattr(body, like.name.lower())) is not None}
    context = web()
    staffing.keep_volumes(context.storage, context.settings, body.line, given, actor(), context.now())
    return "", 204


@may_api(Act.SEE_STAFFING)
def left_out_days(query: LeftOutQuery) -> Response:
    """Days that supervisors named, which say nothing of days to come."""
    found = staffing.left_out_days(web().storage, web().settings, query.line, actor())
    return _answer(LeftOutList(days=[_view(each) for each in found]))


@may_api(Act.PLAN_STAFFING)
def leave_day_out(body: LeftOutBody) -> Response:
    """A day of the past counts no more."""
    context = web()
    made = staffing.leave_day_out(
        context.storage, context.settings, body.line, body.day, body.why, actor(), context.now()
    )
    return _answer(_view(made), 201)


@may_api(Act.PLAN_STAFFING)
def count_day_again(path: LeftOutPath) -> tuple[str, int]:
    """It counts again."""
    staffing.count_day_again(web().storage, path.day_id, actor(), web().now())
    return "", 204


def _view(of: LeftOutDay) -> LeftOutView:
    return LeftOutView(id=of.id or 0, line=of.line, day=of.day, why=of.why)


def _answer(model: BaseModel, status: int = 200) -> Response:
    return Response(model.model_dump_json(), status, mimetype="application/json")
