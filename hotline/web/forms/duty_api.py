"""B2: writing up a call taken on the duty mobile, by a link instead of an account (hotline.web.forms.duty_pages)."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from flask_openapi3.types import ResponseDict
from pydantic import BaseModel, Field

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.errors import Forbidden
from hotline.services.forms import duty_links
from hotline.services.forms.view import FormView
from hotline.web.forms.api import answer
from hotline.web.forms.duty_pages import browser
from hotline.web.forms.schemas import DoneBody, FormChangeBody
from hotline.web.kit import limits
from hotline.web.kit.access import public
from hotline.web.kit.answers import problem
from hotline.web.kit.context import web

_DUTY = Tag(name="duty", description="The log form of a call taken on the duty mobile, by its link (B2)")
_ANSWERS: ResponseDict = {
    "200": FormView,
    **{str(status): problem(status) for status in (400, 403, 409, 413, 422, 429, 503)},
}


class LinkPath(BaseModel):
    token: str = Field(min_length=1, max_length=100, description="of the link; it counts in the browser that opened it")


def register(api: APIBlueprint) -> None:
    api.put("/duty/<string:token>/form", tags=[_DUTY], security=[], responses=_ANSWERS)(save_by_duty_link)
    api.post("/duty/<string:token>/done", tags=[_DUTY], security=[], responses=_ANSWERS)(finish_by_duty_link)


@public
def save_by_duty_link(path: LinkPath, body: FormChangeBody) -> Response:
    """Write some fields of the record."""
    context = web()
    with limits.guessing(Guessed.LINK, wrong=Forbidden):
        form = duty_links.save_by_link(
            context.storage, context.settings, path.token, browser(), body.version, body.changes(), context.now()
        )
    return answer(form)


@public
def finish_by_duty_link(path: LinkPath, body: DoneBody) -> Response:
    """The record is done, and the link used up."""
    context = web()
    with limits.guessing(Guessed.LINK, wrong=Forbidden):
        form = duty_links.finish_by_link(
            context.storage, context.settings, path.token, browser(), body.version, context.now()
        )
    return answer(form)
