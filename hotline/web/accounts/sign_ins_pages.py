"""Who is signed in where; ending one session, with a reason."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from hotline.domain.accounts.browsers import browser_words
from hotline.domain.errors import NotFound, Refused
from hotline.domain.rights.acts import Act
from hotline.services.accounts import sessions
from hotline.web.accounts.sessions import current_session_id
from hotline.web.kit.access import may
from hotline.web.kit.context import web
from hotline.web.kit.said import said

blueprint = Blueprint("sign_ins", __name__, url_prefix="/admin/sessions")


@blueprint.get("")
@may(Act.ADMINISTER_ACCOUNTS)
def index() -> str:
    context = web()
    limits = context.settings.web
    return render_template(
        "accounts/sessions.html",
        live=sessions.live(context.storage, context.now(), limits.session_hours, limits.idle_minutes),
        browser_words=browser_words,
        own=current_session_id(),
        max_reason=sessions.MAX_REASON,
    )


@blueprint.post("/<int:session_id>/end")
@may(Act.ADMINISTER_ACCOUNTS)
def end(session_id: int) -> Response:
    context = web()
    try:
        sessions.end_by_administrator(
            context.storage, session_id, request.form.get("reason", ""), current_user.username, context.now()
        )
    except NotFound:
        flash(gettext("This session had ended already."), "ok")
    except Refused as error:
        flash(said(error), "bad")
    else:
        flash(gettext("The session has been ended."), "ok")
    return redirect(url_for("sign_ins.index"))
