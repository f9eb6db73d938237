"""B2: the page by which a duty person writes up a call that they took: by a link, on a telephone, without an account.

It shows this call's log form and nothing else. What it sends stands below the link's own path, which is all that a
proxy need open to others."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import generate_csrf
from pydantic import ValidationError
from werkzeug.wrappers import Response

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.errors import Forbidden
from hotline.domain.links.link import Link, LinkState
from hotline.services.forms import duty_links
from hotline.services.links import links
from hotline.web.forms.api import answer
from hotline.web.forms.schemas import DoneBody, FormChangeBody
from hotline.web.kit import limits
from hotline.web.kit.access import public
from hotline.web.kit.context import web
from hotline.web.kit.errors import validation_problem
from hotline.web.kit.told.linked import LinkedPage
from hotline.web.links.pages import LONGEST, browser, give

blueprint = Blueprint("duty", __name__)


@blueprint.get("/duty/<token>")
@public
def moved(token: str) -> Response:
    """Where links led before they had a path of their own; a browser that opened one there goes on with it."""
    context = web()
    response = redirect(url_for("links.show", token=token))
    secret = request.cookies.get("duty", "")[:LONGEST]
    found = links.look(context.storage, token[:LONGEST], secret, context.now()) if secret else None
    if found is not None and found.state is LinkState.OPEN:
        give(response, token, secret, found.link)
    return response


@blueprint.put("/l/<token>/form")
@public
def save(token: str) -> Response:
    """Write some fields of the log form."""
    context = web()
    try:
        body = FormChangeBody.model_validate(request.get_json())
    except ValidationError as error:
        return validation_problem(error)
    with limits.guessing(Guessed.LINK, wrong=Forbidden):
        form = duty_links.save_by_link(
            context.storage, context.settings, token[:LONGEST], browser(), body.version, body.changes(), context.now()
        )
    return answer(form)


@blueprint.post("/l/<token>/done")
@public
def finish(token: str) -> Response:
    """The log form is done, and the link used up."""
    context = web()
    try:
        body = DoneBody.model_validate(request.get_json())
    except ValidationError as error:
        return validation_problem(error)
    with limits.guessing(Guessed.LINK, wrong=Forbidden):
        form = duty_links.finish_by_link(
            context.storage, context.settings, token[:LONGEST], browser(), body.version, context.now()
        )
    return answer(form)


def _show(link: Link, token: str) -> str:
    context = web()
    form = duty_links.form_of_link(context.storage, context.settings, link, context.now())
    data = {"form": form.model_dump(mode="json"), "csrf_token": generate_csrf()}
    return render_template("forms/duty.html", form=form, data=data, token=token)


PAGE = LinkedPage(
    duty_links.PURPOSE,
    _("Log form of the duty mobile"),
    _("Write up a call"),
    _(
        "You took a call on the duty mobile; here is its log form. From now on the link works in this browser only, "
        "and once."
    ),
    _("Open the log form"),
    _("This log form is done"),
    _("The link is used up. If something must be corrected, tell your supervisor."),
    _("Ask your supervisor for another one. What you have written so far is kept."),
    _show,
)
