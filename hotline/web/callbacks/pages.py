"""Callbacks (A9) in the order in which they are due, and closing one with a note of the result."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from hotline.domain.errors import Conflict, Refused
from hotline.domain.rights.acts import Act
from hotline.services.callbacks.callbacks import close_callback, reveal_number, see_owed, take_callback
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import said

blueprint = Blueprint("callbacks", __name__)

#: Whoever has taken a callback shows its number whole by a click (A14); looks and clicks stand in the audit log (F8).


class CloseCallbackForm(FlaskForm):
    note = StringField(_("Result"), [InputRequired(_("Please write the result.")), Length(max=500)])


@blueprint.get("/callbacks")
@may(Act.SEE_CALLBACKS)
def index() -> str:
    return _page()


@blueprint.post("/callbacks/<int:callback_id>/take")
@may(Act.TAKE_CALLBACK)
def take(callback_id: int) -> Response:
    try:
        take_callback(web().storage, callback_id, actor(), web().now())
    except Conflict as error:
        flash(said(error), "info")
    return redirect(url_for("callbacks.index"))


@blueprint.post("/callbacks/<int:callback_id>/number")
@may(Act.REVEAL_NUMBER)
def number(callback_id: int) -> str:
    """The list with this number whole."""
    reveal_number(web().storage, callback_id, actor(), web().now())
    return _page(callback_id)


def _page(revealed: int | None = None) -> str:
    who, now = actor(), web().now()
    seen = see_owed(web().storage, web().settings, who, now)
    return render_template(
        "callbacks/callbacks.html",
        owed=seen.owed,
        call_ids=seen.call_ids,
        silent=seen.silent,
        form=CloseCallbackForm(),
        deadlines=seen.deadlines,
        revealed=revealed,
        may_do=seen.may_do,
        own_name=who.name,
    )


@blueprint.post("/callbacks/<int:callback_id>/close")
@may(Act.CLOSE_CALLBACK)
def close(callback_id: int) -> Response:
    form = CloseCallbackForm()
    if not form.validate_on_submit():
        flash(next(error for field in form for error in field.errors), "bad")
        return redirect(url_for("callbacks.index"))
    try:
        close_callback(web().storage, callback_id, actor(), form.note.data or "", web().now())
        flash(gettext("The callback is closed."), "ok")
    except Refused as error:  # nothing but blanks and control characters
        flash(said(error), "bad")
    return redirect(url_for("callbacks.index"))
