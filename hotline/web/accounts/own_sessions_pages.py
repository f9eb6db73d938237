"""A person's own sessions: the list, ending one or all others, and the sign that they are still there."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from hotline.domain.accounts.browsers import browser_words
from hotline.domain.errors import NotFound
from hotline.domain.rights.acts import Act
from hotline.services.accounts import sessions
from hotline.web.accounts.sessions import ACTIVE_PATH, current_session_id, time_left
from hotline.web.kit.access import before_password_change, may
from hotline.web.kit.context import web

blueprint = Blueprint("own_sessions", __name__)


@blueprint.get("/my-sessions")
@may(Act.USE_OWN_ACCOUNT)
def index() -> str:
    context = web()
    limits = context.settings.web
    live = sessions.own(context.storage, current_user.user, context.now(), limits.session_hours, limits.idle_minutes)
    return render_template(
        "accounts/own_sessions.html", live=live, own=current_session_id(), browser_words=browser_words
    )


@blueprint.post("/my-sessions/<int:session_id>/end")
@may(Act.USE_OWN_ACCOUNT)
def end(session_id: int) -> Response:
    context = web()
    try:
        sessions.end_own(context.storage, current_user.user, session_id, context.now())
    except NotFound:
        flash(gettext("This session had ended already."), "ok")
    else:
        flash(gettext("The session has been ended."), "ok")
    return redirect(url_for("own_sessions.index"))


@blueprint.post("/my-sessions/end-others")
@may(Act.USE_OWN_ACCOUNT)
def end_others() -> Response:
    context = web()
    kept = current_session_id()
    ended = sessions.end_others(context.storage, current_user.user, kept, context.now()) if kept is not None else 0
    flash(gettext("%(n)s other sessions have been ended.", n=ended), "ok")
    return redirect(url_for("own_sessions.index"))


@blueprint.get("/session")
@before_password_change
def left() -> Response:
    """How long this session still lasts, for an open page to tell whoever sits before it; and its CSRF token, which is
    another one once somebody signed in again."""
    lasts = time_left()
    return jsonify(
        left_seconds=lasts.seconds, extends=lasts.extends, csrf_token=generate_csrf(), reader=current_user.user.id
    )


@blueprint.get(ACTIVE_PATH)
@before_password_change
def active() -> Response:
    """Somebody moves or types in an open page; that it was asked for is all (see hotline.web.accounts.sessions)."""
    return Response(status=204)
