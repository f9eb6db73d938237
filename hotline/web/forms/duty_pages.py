"""B2: the page by which a duty person writes up a call that they took: by a link, on a telephone, without an account.

A link is bound to the first browser that opens it by a press of the button: the robots of messengers, which look at
every link they see, press none. It shows this call's record and nothing else.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.forms.duty_link import LinkState
from hotline.services.forms import duty_links
from hotline.services.forms.duty_links import OpenedLink
from hotline.web.kit import limits
from hotline.web.kit.access import public
from hotline.web.kit.context import web

blueprint = Blueprint("duty", __name__)

COOKIE = "duty"

_STATUS = {LinkState.ELSEWHERE: 403, LinkState.EXPIRED: 410, LinkState.USED: 410}

#: Longer than any token of ours.
LONGEST = 100


@blueprint.get("/duty/<token>")
@public
def show(token: str) -> Response:
    """The record; before it is opened, a button; for what lets nobody in, why."""
    context = web()
    with limits.guessing(Guessed.LINK) as wrong:
        found = duty_links.look(context.storage, context.settings, token[:LONGEST], browser(), context.now())
        if found is None:
            wrong()
    page = render_template("forms/duty.html", found=found, token=token, **_record(found))
    return make_response(page, 404 if found is None else _STATUS.get(found.state, 200))


@blueprint.post("/duty/<token>/open")
@public
def open_(token: str) -> Response:
    """From now on the link is this browser's."""
    context = web()
    with limits.guessing(Guessed.LINK) as wrong:
        secret = duty_links.open_link(context.storage, token[:LONGEST], context.now())
        if not secret:
            wrong()
    response = redirect(url_for("duty.show", token=token))
    for path in (url_for("duty.show", token=token), f"/api/v1/duty/{token}") if secret else ():
        response.set_cookie(
            COOKIE,
            secret or "",
            max_age=context.settings.form.link_hours * 3600,
            path=path,
            httponly=True,
            secure=context.settings.web.secure_cookie,
            samesite="Lax",
        )
    return response


def browser() -> str:
    """What this browser was given when it opened the link; "" for another one."""
    return request.cookies.get(COOKIE, "")[:LONGEST]


def link_url(token: str) -> str:
    """The link's whole address, as it can be sent."""
    public_url = web().settings.web.public_url
    path = url_for("duty.show", token=token)
    return public_url.rstrip("/") + path if public_url else request.host_url.rstrip("/") + path


def _record(found: OpenedLink | None) -> dict[str, object]:
    if found is None or found.form is None:
        return {"form": None, "data": None}
    data = {"form": found.form.model_dump(mode="json"), "csrf_token": generate_csrf()}
    return {"form": found.form, "data": data}
