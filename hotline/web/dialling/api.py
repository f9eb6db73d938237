"""Dialling a customer: one click, and the operator's phone rings, then the customer's."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.dialling.dial import DialOutcome, Wish
from hotline.domain.numbers import normalise
from hotline.domain.rights.acts import Act
from hotline.services.dialling.dialling import dial, dial_for
from hotline.services.dialling.own_dials import DialView, hang_up, own_dial, own_last_dial, say_what_answered, see_dial
from hotline.web.dialling.schemas import DialBody, DialNow, DialPath, SaidBody
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.operators.schemas import Nothing

_DIALS = Tag(name="dials", description="Calls that we dial, over the callback trunk")


def register(api: APIBlueprint) -> None:
    api.post("/dials", tags=[_DIALS], **stated(DialView, 404, 409, status=201))(begin_dial)
    api.get("/dials/now", tags=[_DIALS], **stated(DialNow))(dial_now)
    api.get("/dials/<int:dial_id>", tags=[_DIALS], **stated(DialView, 404))(read_dial)
    api.post("/dials/<int:dial_id>/hang-up", tags=[_DIALS], **stated(None, 404))(end_dial)
    api.post("/dials/<int:dial_id>/answered-by", tags=[_DIALS], **stated(None, 404))(say_who_answered)


@may_api(Act.DIAL)
def begin_dial(body: DialBody) -> tuple[Response, int]:
    """Set me to *calling*, ring my phone, then the customer's."""
    context, who = web(), actor()
    parts = (context.storage, context.settings, context.pbx, who)
    named, confirmed = body.customer_named_time, body.confirmed
    if body.object_kind:  # by what the thing says itself
        begun = dial_for(
            *parts,
            body.object_kind,
            body.object_id,
            context.now(),
            reason=lambda its: body.reason or its,
            customer_named_time=named,
            confirmed=confirmed,
        )
    else:
        wish = Wish("", 0, normalise(body.number), body.line, body.reason, named, confirmed)
        begun = dial(*parts, wish, context.now())
    return _json(see_dial(context.storage, begun.id or 0, who)), 201


@may_api(Act.DIAL)
def dial_now() -> Response:
    """What I dial at this moment, and what I dialled last and have not done with."""
    storage, who = web().storage, actor()
    answer = DialNow(dial=own_dial(storage, who), last=own_last_dial(storage, who, web().now()))
    return Response(answer.model_dump_json(), mimetype="application/json")


@may_api(Act.DIAL)
def read_dial(path: DialPath) -> Response:
    """One of my dials, and how it went."""
    return _json(see_dial(web().storage, path.dial_id, actor()))


@may_api(Act.DIAL)
def end_dial(path: DialPath, body: Nothing) -> tuple[str, int]:
    """Hang up both sides."""
    hang_up(web().storage, web().pbx, path.dial_id, actor(), web().now())
    return "", 204


@may_api(Act.DIAL)
def say_who_answered(path: DialPath, body: SaidBody) -> tuple[str, int]:
    """A dial that was answered reached a machine, or somebody else; it may last yet."""
    context = web()
    outcome = DialOutcome(body.what)
    say_what_answered(context.storage, context.settings, path.dial_id, outcome, actor(), context.now())
    return "", 204


def _json(view: DialView) -> Response:
    return Response(view.model_dump_json(), mimetype="application/json")
