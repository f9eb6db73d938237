"""A person's notifications: how many are unread."""

from __future__ import annotations

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, Field

from hotline.domain.rights.acts import Act
from hotline.services.notifications import inbox
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_NOTIFICATIONS = Tag(name="notifications", description="What people are told of")


class Unread(BaseModel):
    unread: int = Field(ge=0, description="a program's own are none")


def register(api: APIBlueprint) -> None:
    api.get("/notifications/unread", tags=[_NOTIFICATIONS], **stated(Unread))(unread)


@may_api(Act.SEE_OWN_NOTIFICATIONS)
def unread() -> Response:
    """How many notifications whoever asks has not read."""
    user_id = actor().user_id
    count = inbox.unread_count(web().storage, user_id) if user_id is not None else 0
    return jsonify(Unread(unread=count).model_dump())
