"""Leave, for other systems (F6)."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.rights.acts import Act
from hotline.domain.shifts.leave import Leave, LeaveState, LeaveWish
from hotline.services.shifts import leave
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT, Moment

_TAG = Tag(name="leave", description="Who is away, and who acts for them (F6)")


class _Taken(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LeavePath(BaseModel):
    leave_id: int = Field(ge=1, le=MAX_INTEGER)


class LeaveQuery(_Taken):
    state: LeaveState | None = None
    limit: int = Field(100, ge=1, le=MAX_LIMIT)


class AskedLeaveBody(_Taken):
    since: Moment
    until: Moment = Field(description="not included")
    reason: str = Field(min_length=1, max_length=400)
    deputy_id: int | None = Field(None, ge=1, le=MAX_INTEGER, description="`id` of who acts for them meanwhile")


class EnteredLeaveBody(AskedLeaveBody):
    person_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of a person")


class LeaveAnswerBody(_Taken):
    accepted: bool
    words: str = Field("", max_length=400, description="wanted where it is refused")


class LeaveView(BaseModel):
    id: int
    person_id: int
    since: datetime
    until: datetime
    reason: str
    deputy_id: int | None
    state: LeaveState
    answer: str


class LeaveList(BaseModel):
    """The latest first."""

    leaves: list[LeaveView]


def register(api: APIBlueprint) -> None:
    one = "/leaves/<int:leave_id>"
    api.get("/leaves", tags=[_TAG], **stated(LeaveList))(list_leaves)
    api.post("/leaves", tags=[_TAG], **stated(LeaveView, status=201))(ask_for_leave)
    api.post("/leaves/entered", tags=[_TAG], **stated(LeaveView, status=201))(enter_leave_of_somebody)
    api.post(f"{one}/decide", tags=[_TAG], **stated(LeaveView, 404, 409))(decide_leave)
    api.post(f"{one}/withdraw", tags=[_TAG], **stated(LeaveView, 404, 409))(withdraw_leave)


@may_api(Act.PLAN_SHIFTS)
def list_leaves(query: LeaveQuery) -> Response:
    """Everybody's."""
    found = leave.list_leaves(web().storage, query.state, query.limit, actor())
    return _answer(LeaveList(leaves=[_view(each) for each in found]))


@may_api(Act.USE_OWN_SHIFTS)
def ask_for_leave(body: AskedLeaveBody) -> Response:
    """Of myself; who plans decides."""
    made = leave.ask_leave(web().storage, web().settings, _wish(body), actor(), web().now())
    return _answer(_view(made), 201)


@may_api(Act.PLAN_SHIFTS)
def enter_leave_of_somebody(body: EnteredLeaveBody) -> Response:
    """Of somebody else, accepted at once."""
    made = leave.enter_leave(web().storage, web().settings, body.person_id, _wish(body), actor(), web().now())
    return _answer(_view(made), 201)


@may_api(Act.PLAN_SHIFTS)
def decide_leave(path: LeavePath, body: LeaveAnswerBody) -> Response:
    """Accept or refuse it."""
    context = web()
    decided = leave.decide_leave(
        context.storage, context.settings, path.leave_id, body.accepted, body.words, actor(), context.now()
    )
    return _answer(_view(decided))


@may_api(Act.USE_OWN_SHIFTS)
def withdraw_leave(path: LeavePath) -> Response:
    """My own, or any for who plans; what has begun ends now."""
    return _answer(_view(leave.withdraw_leave(web().storage, path.leave_id, actor(), web().now())))


def _wish(body: AskedLeaveBody) -> LeaveWish:
    return LeaveWish(body.since, body.until, body.reason, body.deputy_id)


def _view(of: Leave) -> LeaveView:
    rest = {name: getattr(of, name) for name in LeaveView.model_fields if name != "id"}
    return LeaveView(id=of.id or 0, **rest)


def _answer(model: BaseModel, status: int = 200) -> Response:
    return Response(model.model_dump_json(), status, mimetype="application/json")
