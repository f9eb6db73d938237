"""Callers whom operators ask to have blocked (A15)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import Length

from hotline.domain.cases.block_request import Decision
from hotline.domain.errors import Conflict
from hotline.domain.rights.acts import Act
from hotline.services.cases import block_requests
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import said

blueprint = Blueprint("block_requests", __name__)

_SHOWN = 200


class DecideForm(FlaskForm):
    note = StringField(_("Note"), [Length(max=500)])


@blueprint.get("/block-requests")
@may(Act.DECIDE_BLOCKS)
def index() -> str:
    seen = block_requests.find_requests(web().storage, False, _SHOWN, actor(), web().now())
    return render_template(
        "cases/block_requests.html",
        waiting=[each for each in seen.requests if each.decision is None],
        decided=[each for each in seen.requests if each.decision is not None],
        call_ids=seen.call_ids,
    )


@blueprint.post("/block-requests/<int:request_id>/<any(approve, refuse):what>")
@may(Act.DECIDE_BLOCKS)
def decide(request_id: int, what: str) -> Response:
    form = DecideForm()
    if not form.validate_on_submit():
        flash(next(error for field in form for error in field.errors), "bad")
        return redirect(url_for("block_requests.index"))
    context, approved = web(), what == "approve"
    decision = Decision.APPROVED if approved else Decision.REFUSED
    try:
        block_requests.decide(context.storage, request_id, decision, form.note.data or "", actor().name, context.now())
    except Conflict as error:
        flash(said(error), "bad")
    else:
        done = gettext("The caller is blocked from now on.") if approved else gettext("The caller is not blocked.")
        flash(done, "ok")
    return redirect(url_for("block_requests.index"))
