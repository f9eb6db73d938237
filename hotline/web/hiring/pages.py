"""Operators are hired, changed and leave, in the browser (业务电话 12)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Conflict, HotlineError, Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.services.hiring import changes, handing_over, hiring, leaving
from hotline.services.operators.operators import phone_account
from hotline.web.hiring.applied import applied_words, with_asterisk
from hotline.web.hiring.forms import ChangeForm, HandOverForm, LeaveForm, NewOperatorForm
from hotline.web.hiring.softphone import server_of, softphone_code
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import at_field, flashed, said

blueprint = Blueprint("hiring", __name__, url_prefix="/admin")

Answer = Response | str | tuple[str, int]


@blueprint.route("/hire", methods=["GET", "POST"])
@may(Act.HIRE_OPERATORS)
def hire() -> Answer:
    context = web()
    asked = hiring.hire_form(context.exchange, actor())
    form = NewOperatorForm()
    form.offer_all(asked)
    if request.method == "GET":
        form.extension.data, form.queues.data = asked.extension, [key for key, _name in asked.queues]
    elif form.validate_on_submit():
        try:
            hired = hiring.hire(context.exchange, actor(), form.written(), context.now())
        except (Refused, Conflict) as error:
            fields = {"display_name": "name"}
            at_field(form, error, "username" if isinstance(error, Conflict) else "name", fields)
        else:
            account = phone_account(context.in_force(), context.secrets, hired.extension)
            code, told = softphone_code(account), applied_words(hired.applied)
            return render_template("hiring/hired.html", hired=hired, told=told, code=code)
    return render_template("hiring/hire.html", form=form), 422 if form.errors else 200


@blueprint.route("/operators/<extension>", methods=["GET", "POST"])
@may(Act.HIRE_OPERATORS)
def operator(extension: str) -> Answer:
    context = web()
    seen = changes.see_operator(context.exchange, actor(), extension, context.now())
    form = ChangeForm(data={**seen.operator.model_dump(), "mark": seen.mark})
    form.offer(seen.queues)
    if request.method == "GET":
        form.queues.data = list(seen.operator.queues) or [key for key, _name in seen.queues]
    elif form.validate_on_submit():
        queues = tuple(form.queues.data or ())
        try:
            applied = changes.change_operator(
                context.exchange,
                actor(),
                extension,
                form.name.data or "",
                form.kind,
                queues,
                form.levels(seen.operator.levels),
                form.mark.data or "",
                context.now(),
            )
        except Outdated as error:
            flash(said(error), "bad")
            return redirect(url_for("hiring.operator", extension=extension))
        except Refused as error:
            at_field(form, error, "name")
        else:
            flash(with_asterisk(gettext("Saved."), applied), "ok")
            return redirect(url_for("hiring.operator", extension=extension))
    phone = changes.test_phone(context.exchange, actor(), extension)
    page = render_template("hiring/operator.html", form=form, seen=seen, phone=phone)
    return page, 422 if form.errors else 200


@blueprint.post("/operators/<extension>/phone-password")
@may(Act.HIRE_OPERATORS)
def phone_password(extension: str) -> str:
    context = web()
    given = changes.renew_phone_password(context.exchange, actor(), extension, context.now())
    told = applied_words(given.applied)
    code, server = softphone_code(given.account), server_of(given.account)
    return render_template("hiring/phone_password.html", account=given.account, told=told, code=code, server=server)


@blueprint.route("/operators/<extension>/leave", methods=["GET", "POST"])
@may(Act.HIRE_OPERATORS)
def leave(extension: str) -> Answer:
    context = web()
    try:
        seen = leaving.see_leaving(context.exchange, actor(), extension, context.now())
    except Refused as error:
        flash(said(error), "bad")
        return redirect(url_for("hiring.operator", extension=extension))
    form = LeaveForm()
    form.successor.choices = [
        ("", gettext("nobody")),
        *((name, f"{shown} ({name})") for name, shown in seen.successors),
    ]
    if form.validate_on_submit():
        try:
            successor = form.successor.data or ""
            left = leaving.leave(context.exchange, actor(), extension, successor, form.moment, context.now())
        except HotlineError as error:
            if not isinstance(error, Refused | Conflict):
                raise
            at_field(form, error, "successor")
        else:
            return _has_left(extension, left)
    return render_template("hiring/leave.html", form=form, seen=seen), 422 if form.errors else 200


@blueprint.post("/operators/<extension>/stay")
@may(Act.HIRE_OPERATORS)
def stay(extension: str) -> Response:
    context = web()
    with flashed():
        leaving.stay(context.exchange, actor(), extension, context.now())
        flash(gettext("They stay."), "ok")
    return redirect(url_for("hiring.operator", extension=extension))


@blueprint.route("/people/<username>/open", methods=["GET", "POST"])
@may(Act.HIRE_OPERATORS)
def open_matters(username: str) -> Answer:
    """What somebody has open, whether or not they may still sign in, and to whom it goes."""
    context = web()
    seen = handing_over.see_open(context.exchange, actor(), username, context.now())
    form = HandOverForm()
    form.successor.choices = [(name, f"{shown} ({name})") for name, shown in seen.successors]
    if form.validate_on_submit():
        try:
            count = handing_over.hand_over(
                context.exchange, actor(), username, form.successor.data or "", context.now()
            )
        except Refused as error:
            at_field(form, error, "successor")
        else:
            flash(gettext("%(count)s matters have been handed over.", count=count), "ok")
            return redirect(url_for("hiring.open_matters", username=username))
    return render_template("hiring/open.html", form=form, seen=seen), 422 if form.errors else 200


def _has_left(extension: str, left: leaving.Left) -> Response:
    if left.applied is not None:
        flash(with_asterisk(gettext("They have left."), left.applied), "ok")
        return redirect(url_for("people.index"))
    flash(gettext("They leave at the time that is set, or when the call that goes on then is over."), "ok")
    return redirect(url_for("hiring.operator", extension=extension))
