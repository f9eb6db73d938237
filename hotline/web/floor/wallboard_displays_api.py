"""Wallboard displays: each has a link of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, url_for
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.floor.floor import WallboardDisplay
from hotline.domain.rights.acts import Act
from hotline.services.floor.wallboard_displays import add_display, displays, revoke_display
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import MAX_INTEGER

_FLOOR = Tag(name="floor", description="The floor, for supervisors")


class DisplayView(BaseModel):
    id: int
    name: str
    created_at: datetime
    created_by: str
    seen_at: datetime | None = Field(description="when it last asked for what it shows, to a minute")


class DisplayList(BaseModel):
    """By name; revoked ones are not among them."""

    displays: list[DisplayView]


class NewDisplay(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=40, pattern=r"\S")


class MadeDisplay(DisplayView):
    link: str = Field(description="opened once in the display's browser; not shown again")


class DisplayPath(BaseModel):
    display_id: int = Field(ge=1, le=MAX_INTEGER)


def register(api: APIBlueprint) -> None:
    api.get("/floor/displays", tags=[_FLOOR], **stated(DisplayList))(all_displays)
    api.post("/floor/displays", tags=[_FLOOR], **stated(MadeDisplay, status=201))(make)
    api.delete("/floor/displays/<int:display_id>", tags=[_FLOOR], **stated(None, 404))(revoke)


@may_api(Act.MANAGE_DISPLAYS)
def all_displays() -> Response:
    """The displays that have a link."""
    return _json(DisplayList(displays=[DisplayView(**_fields(display)) for display in displays(web().storage)]))


@may_api(Act.MANAGE_DISPLAYS)
def make(body: NewDisplay) -> tuple[Response, int]:
    """A link for one more display."""
    display, token = add_display(web().storage, body.name, actor().name, web().now())
    link = web().settings.web.public_url + url_for("floor.enter", token=token, _external=not _has_public_url())
    return _json(MadeDisplay(**_fields(display), link=link)), 201


@may_api(Act.MANAGE_DISPLAYS)
def revoke(path: DisplayPath) -> tuple[str, int]:
    """It shows nothing any more, within seconds."""
    revoke_display(web().storage, path.display_id, actor().name, web().now())
    return "", 204


def _has_public_url() -> bool:
    return bool(web().settings.web.public_url)


def _fields(display: WallboardDisplay) -> dict[str, Any]:
    return {
        "id": display.id,
        "name": display.name,
        "created_at": display.created_at,
        "created_by": display.created_by,
        "seen_at": display.seen_at,
    }


def _json(view: BaseModel) -> Response:
    return Response(view.model_dump_json(), mimetype="application/json")
