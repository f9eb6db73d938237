"""The register of breaches, for other systems (F12)."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.breaches.breach import Breach
from hotline.domain.rights.acts import Act
from hotline.services.breaches import declaring
from hotline.services.breaches.declaring import Declared
from hotline.services.breaches.register import AskedBreaches, SeenBreach, see_register
from hotline.web.breaches import schemas
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_TAG = Tag(name="breaches", description="The register of breaches of our own people (F12)")


def register(api: APIBlueprint) -> None:
    one = "/breaches/<int:breach_id>"
    api.get("/breaches", tags=[_TAG], **stated(schemas.BreachList))(list_breaches)
    api.post("/breaches", tags=[_TAG], **stated(schemas.BreachView, 404, 409, status=201))(declare_breach)
    api.post(f"{one}/word", tags=[_TAG], **stated(None, 404, 409))(answer_breach)
    api.post(f"{one}/withdraw", tags=[_TAG], **stated(None, 404, 409))(withdraw_breach)


@may_api(Act.SEE_BREACHES)
def list_breaches(query: schemas.BreachQuery) -> Response:
    """The newest first, as far as whoever asks may see."""
    context = web()
    asked = AskedBreaches(query.since, query.until, query.person_id, query.kind)
    seen = see_register(context.storage, context.settings, asked, actor(), context.now(), query.limit, query.offset)
    return answer(schemas.BreachList(total=seen.total, breaches=[_listed(each) for each in seen.rows]))


@may_api(Act.DECLARE_BREACH)
def declare_breach(body: schemas.NewBreachBody) -> tuple[Response, int]:
    """Whom it is about is told, and may say their word."""
    context = web()
    said = Declared(body.person_id, body.kind, body.at, " ".join(body.evidence), body.note, body.rule)
    made = declaring.declare(context.storage, context.settings, said, actor(), context.now())
    return answer(schemas.BreachView(**_values(made))), 201


@may_api(Act.ANSWER_BREACH)
def answer_breach(path: schemas.BreachPath, body: schemas.WordBody) -> tuple[str, int]:
    """By whom it is about, once."""
    context = web()
    declaring.answer(context.storage, path.breach_id, body.word, actor(), context.now())
    return "", 204


@may_api(Act.DECLARE_BREACH)
def withdraw_breach(path: schemas.BreachPath, body: schemas.WithdrawBody) -> tuple[str, int]:
    """It stays in the register and counts for nothing."""
    context = web()
    declaring.withdraw(context.storage, path.breach_id, body.reason, actor(), context.now())
    return "", 204


def _listed(each: SeenBreach) -> schemas.ListedBreach:
    weight = each.weighed
    return schemas.ListedBreach(
        **_values(each.breach), person=each.name, nth=weight.nth, yuan=weight.yuan, dismissal=weight.dismissal
    )


def _values(made: Breach) -> dict[str, Any]:
    return {name: getattr(made, name) for name in schemas.BreachView.model_fields}
