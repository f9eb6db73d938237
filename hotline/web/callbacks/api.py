"""Callbacks for other systems: a CRM shows, takes, opens and closes them (A9)."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.callbacks.listing import CallbackFilter, Tab
from hotline.domain.callbacks.owed import CallbackOutcome
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.rights.acts import Act
from hotline.services.callbacks import callbacks, trying
from hotline.services.callbacks.by_hand import add_callback
from hotline.services.callbacks.listing import see_callback, see_callbacks
from hotline.services.callbacks.view import CallbackView, callback_view
from hotline.services.shown import number_shown
from hotline.web.callbacks.schemas import (
    AssignCallbackBody,
    CallbackList,
    CallbackPath,
    CallbackQuery,
    CloseCallbackBody,
    NewCallbackBody,
    TryBody,
)
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.shown import sees_whole_numbers

_TAG = Tag(name="callbacks", description="Calls that we owe (A9)")


def register(api: APIBlueprint) -> None:
    one = "/callbacks/<int:callback_id>"
    api.get("/callbacks", tags=[_TAG], **stated(CallbackList))(list_callbacks)
    api.post("/callbacks", tags=[_TAG], **stated(CallbackView, status=201))(new_callback)
    api.get(one, tags=[_TAG], **stated(CallbackView, 404))(read_callback)
    for name, view in _CHANGES.items():
        api.post(f"{one}/{name}", tags=[_TAG], **stated(CallbackView, 404, 409))(view)
    api.post(f"{one}/number", tags=[_TAG], **stated(CallbackView, 404))(reveal_callback_number)


@may_api(Act.SEE_CALLBACKS)
def list_callbacks(query: CallbackQuery) -> Response:
    """Important customers first, then what is due first; closed ones: the last first."""
    wanted = CallbackFilter(tab=query.tab, line=query.line, reason=query.reason)
    seen = see_callbacks(web().storage, web().settings, actor(), wanted, web().now(), query.after, query.limit)
    whole = sees_whole_numbers()
    counts = {tab.value: seen.counts[tab] for tab in (Tab.OPEN, Tab.OWN, Tab.OVERDUE)}
    listed = [callback_view(each, whole) for each in seen.listed]
    return answer(CallbackList(callbacks=listed, after=seen.after, **counts))


@may_api(Act.ADD_CALLBACK)
def new_callback(body: NewCallbackBody) -> tuple[Response, int]:
    """Somebody who did not call, or called elsewhere, wants to be called."""
    opened = add_callback(
        web().storage, web().settings, body.number, body.line, body.due_at, body.note, actor(), web().now()
    )
    return _shown(opened), 201


@may_api(Act.SEE_CALLBACKS)
def read_callback(path: CallbackPath) -> Response:
    """One callback, closed ones too."""
    return _shown(path.callback_id)


@may_api(Act.TAKE_CALLBACK)
def take_callback(path: CallbackPath) -> Response:
    """You call back, and nobody else does."""
    callbacks.take_callback(web().storage, path.callback_id, actor(), web().now())
    return _shown(path.callback_id)


@may_api(Act.CLOSE_CALLBACK)
def hand_callback_back(path: CallbackPath) -> Response:
    """Anybody may take it again."""
    callbacks.hand_back(web().storage, path.callback_id, actor(), web().now())
    return _shown(path.callback_id)


@may_api(Act.ASSIGN_CALLBACK)
def assign_callback(path: CallbackPath, body: AssignCallbackBody) -> Response:
    """This person calls back."""
    callbacks.assign_callback(web().storage, path.callback_id, body.username, actor(), web().now())
    return _shown(path.callback_id)


@may_api(Act.CLOSE_CALLBACK)
def try_callback(path: CallbackPath, body: TryBody) -> Response:
    """They were called and not reached: the next try is set."""
    outcome = DialOutcome(body.outcome)
    trying.note_try(
        web().storage, web().settings, path.callback_id, outcome, body.again_at, body.note, actor(), web().now()
    )
    return _shown(path.callback_id)


@may_api(Act.CLOSE_CALLBACK)
def close_callback(path: CallbackPath, body: CloseCallbackBody) -> Response:
    """It is over, with what came of it."""
    outcome = CallbackOutcome(body.outcome)
    callbacks.close_callback(web().storage, path.callback_id, actor(), body.note, web().now(), outcome)
    return _shown(path.callback_id)


@may_api(Act.REVEAL_NUMBER)
def reveal_callback_number(path: CallbackPath) -> Response:
    """With the number whole, for whoever has taken it; it stands in the audit log (F8)."""
    number = callbacks.reveal_number(web().storage, path.callback_id, actor(), web().now())
    listed = see_callback(web().storage, web().settings, actor(), path.callback_id, web().now())
    view = callback_view(listed, sees_whole_numbers())
    return answer(view.model_copy(update={"number_shown": number_shown(number, True)}))


def _shown(callback_id: int) -> Response:
    listed = see_callback(web().storage, web().settings, actor(), callback_id, web().now())
    return answer(callback_view(listed, sees_whole_numbers()))


_CHANGES = {
    "take": take_callback,
    "hand-back": hand_callback_back,
    "assign": assign_callback,
    "try": try_callback,
    "close": close_callback,
}
