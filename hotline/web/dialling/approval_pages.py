"""A17: operators ask to dial what is not dialled freely, supervisors decide."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from hotline.domain.dialling.approval import MAX_REASON, ApprovalState
from hotline.domain.errors import Conflict, Refused
from hotline.domain.rights.acts import Act
from hotline.services.dialling import approvals
from hotline.services.dialling.view import approval_view
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import at_field, flashed
from hotline.web.kit.shown import line_name

blueprint = Blueprint("dial_approvals", __name__)

_SHOWN = 200


class AskForm(FlaskForm):
    number = StringField(_("Number"), [InputRequired(_("Please write the number.")), Length(max=48)])
    line = SelectField(_("Line"), choices=[])
    reason = StringField(_("Reason"), [InputRequired(_("Please give a reason.")), Length(max=MAX_REASON)])


class DecideForm(FlaskForm):
    note = StringField(_("Reason"), [InputRequired(_("Please give a reason.")), Length(max=MAX_REASON)])


@blueprint.get("/dialling/approvals")
@may(Act.SEE_DIAL_APPROVALS)
def index() -> str:
    return _page(_ask_form())


@blueprint.post("/dialling/approvals")
@may(Act.ASK_TO_DIAL)
def ask() -> Response | tuple[str, int]:
    form, context = _ask_form(), web()
    if not form.validate_on_submit():
        return _page(form), 422
    number, line, reason = form.number.data or "", form.line.data or "", form.reason.data or ""
    try:
        approvals.ask(context.storage, context.settings, number, line, reason, actor(), context.now())
    except (Refused, Conflict) as error:
        at_field(form, error, "number")
        return _page(form), 422
    flash(gettext("Supervisors are told. You hear by the bell what they decide."), "ok")
    return redirect(url_for("dial_approvals.index"))


@blueprint.post("/dialling/approvals/<int:approval_id>/<any(grant, refuse):what>")
@may(Act.DECIDE_DIALS)
def decide(approval_id: int, what: str) -> Response:
    form, context, granted = DecideForm(), web(), what == "grant"
    if not form.validate_on_submit():
        flash(next(error for field in form for error in field.errors), "bad")
        return redirect(url_for("dial_approvals.index"))
    with flashed():
        note = form.note.data or ""
        approvals.decide(context.storage, context.settings, approval_id, granted, note, actor(), context.now())
        done = gettext("Granted: the number may be dialled once.") if granted else gettext("Refused.")
        flash(done, "ok")
    return redirect(url_for("dial_approvals.index"))


def _ask_form() -> AskForm:
    form = AskForm()
    form.line.choices = [(line, line_name(line)) for line in web().settings.lines]
    return form


def _page(form: AskForm) -> str:
    now = web().now()
    views = [approval_view(each, now) for each in approvals.see_approvals(web().storage, _SHOWN, actor(), now)]
    return render_template(
        "dialling/approvals.html",
        form=form,
        waiting=[each for each in views if each.state is ApprovalState.WAITING],
        decided=[each for each in views if each.state is not ApprovalState.WAITING],
    )
