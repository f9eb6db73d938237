"""Where links are opened. A look changes nothing; the button binds the link to the browser."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.links.link import Link, LinkState
from hotline.services.links import links
from hotline.web.kit import limits
from hotline.web.kit.access import public
from hotline.web.kit.context import web
from hotline.web.kit.told.linked import linked_pages

blueprint = Blueprint("links", __name__, url_prefix="/l")

COOKIE = "link"

_STATUS = {LinkState.ELSEWHERE: 403, LinkState.EXPIRED: 410, LinkState.USED: 410, LinkState.REVOKED: 410}

#: Longer than any token of ours.
LONGEST = 100


@blueprint.get("/static/<path:filename>")
@public
def static(filename: str) -> Response:
    """What pages behind a link are made of: a proxy opens this path alone."""
    return current_app.send_static_file(filename)


@blueprint.get("/<token>")
@public
def show(token: str) -> Response:
    """What the link is for; before it is opened, a button; for what lets nobody in, why, and how to get another."""
    context = web()
    with limits.guessing(Guessed.LINK) as wrong:
        found = links.look(context.storage, token[:LONGEST], browser(), context.now())
        if found is None:
            wrong()
    if found is None:
        return make_response(render_template("links/link.html", state=None), 404)
    told = linked_pages()[found.link.purpose]
    if found.state is LinkState.OPEN:
        return make_response(told.show(found.link, token))
    page = render_template("links/link.html", state=found.state, told=told, link=found.link, token=token)
    return make_response(page, _STATUS.get(found.state, 200))


@blueprint.post("/<token>/open")
@public
def open_(token: str) -> Response:
    """From now on the link is this browser's."""
    context = web()
    with limits.guessing(Guessed.LINK) as wrong:
        opened = links.open_link(context.storage, token[:LONGEST], context.now())
        if opened is None:
            wrong()
    response = redirect(url_for("links.show", token=token))
    if opened is not None:
        secret, link = opened
        give(response, token, secret, link)
    return response


def give(response: Response, token: str, secret: str, link: Link) -> None:
    """The cookie by which this browser is known, sent to this link's addresses alone."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=max(int((link.expires_at - web().now()).total_seconds()), 0),
        path=url_for("links.show", token=token),
        httponly=True,
        secure=web().settings.web.secure_cookie,
        samesite="Lax",
    )


def browser() -> str:
    """What this browser was given when it opened the link; "" for another one."""
    return request.cookies.get(COOKIE, "")[:LONGEST]
