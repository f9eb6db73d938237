"""The push: server-sent events of what concerns whoever listens."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.errors import Forbidden
from hotline.domain.ids import MAX_PLACE, parse_place
from hotline.domain.operators.push import Reader
from hotline.domain.rights.acts import Act
from hotline.web.accounts.sessions import current_session_id
from hotline.web.held.handover import headers_alone
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor, allowed_ever
from hotline.web.kit.answers import stated
from hotline.web.push.service import push

_CONSOLE = Tag(name="console", description="The operator's console")
_NOTIFICATIONS = Tag(name="notifications", description="What people are told of")

#: As an id says: more entries than any outbox has had.
_UNKNOWN = MAX_PLACE

_STREAM: dict[str, Any] = {
    "description": "hello {server_time, last_id, resumed} · call {call: LiveCall, mine, by: {name}|null, pop: Pop|null}"
    " · operator OperatorView · form {form_id, owner, state, version, linkedid} · session {ended, why} · reset {} · "
    "line {open, until} · crowded {}: a newer page of the same person took the place, nothing follows. `mine`: "
    "ringing, talking, holding, asked, taken, left, ended, offered_no_more or null. A client reads what there is when "
    "hello says resumed: false, and after reset.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


_BELL: dict[str, Any] = {
    "description": "hello {server_time, last_id, resumed} · bell {unread} · session {ended, why} · reset {} · crowded "
    "{}. A client asks how many are unread when hello says resumed: false, and after reset.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


class BellQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    after: int | None = Field(
        None,
        ge=0,
        le=_UNKNOWN,
        description="id of the last event seen; the header "
        "Last-Event-ID, which browsers send when they come back, goes before it",
    )


class EventsQuery(BellQuery):
    floor: bool = Field(False, description="supervisors: all calls and operators, not only one's own")


def register(api: APIBlueprint) -> None:
    api.get("/events", tags=[_CONSOLE], **stated(_STREAM))(events)
    api.get("/notifications/events", tags=[_NOTIFICATIONS], **stated(_BELL))(bell_events)


@may_api(Act.FOLLOW_PUSH)
def events(query: EventsQuery) -> Response:
    """Server-sent events, for as long as the connection stands; with an id, from the one after it on."""
    reader = _reader(query.floor)
    if request.method == "HEAD":
        return headers_alone()
    return push().answer(reader, _after(query.after))


@may_api(Act.SEE_OWN_NOTIFICATIONS)
def bell_events(query: BellQuery) -> Response:
    """Server-sent events of how many notifications one has not read, for as long as the connection stands."""
    if request.method == "HEAD":
        return headers_alone()
    who = actor()
    reader = Reader(who, current_session_id() if who.user_id else None, bell=True)
    return push().answer(reader, _after(query.after))


def _reader(floor: bool) -> Reader:
    who = actor()
    if floor and not allowed_ever(Act.WATCH_FLOOR):
        raise Forbidden("floor.whole_floor")
    return Reader(who, current_session_id() if who.user_id else None, floor)


def _after(asked: int | None) -> int | None:
    said = request.headers.get("Last-Event-ID", "")
    if not said:
        return asked
    place = parse_place(said)
    return _UNKNOWN if place is None else place
