"""An operator's present calls and what is known of their callers, for a page that loads."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, RootModel

from hotline.domain.rights.acts import Act
from hotline.services.operators import own_calls as calls
from hotline.services.operators.own_calls import OwnCall
from hotline.services.operators.pop_view import Pop
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.operators.api import own_extension
from hotline.web.operators.schemas import CallPath

_CONSOLE = Tag(name="console", description="The operator's console")


class OwnCalls(RootModel[list[OwnCall]]):
    """Oldest first."""


def register(api: APIBlueprint) -> None:
    api.get("/console/calls", tags=[_CONSOLE], **stated(OwnCalls))(own_calls)
    api.get("/console/calls/<int:call_id>/pop", tags=[_CONSOLE], **stated(Pop, 404))(one_pop)


@may_api(Act.WORK_AT_CONSOLE)
def own_calls() -> Response:
    """What rings at my phone, and whom I talk with or have on hold."""
    own_extension()
    context = web()
    return _json(OwnCalls(calls.own_calls(context.storage, context.settings, actor(), context.now())))


@may_api(Act.WORK_AT_CONSOLE)
def one_pop(path: CallPath) -> Response:
    """What is known of the caller of one of my calls; to a supervisor, of any call."""
    context = web()
    return _json(calls.one_pop(context.storage, context.settings, path.call_id, actor(), context.now()))


def _json(shown: BaseModel) -> Response:
    return Response(shown.model_dump_json(), mimetype="application/json")
