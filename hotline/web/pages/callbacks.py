"""The calls that we owe (A9), by their place in the line; closing one with a note of what came of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from hotline.domain.records import STEERING, Role
from hotline.services.callbacks import close_callback, silent_messages
from hotline.services.errors import Refused
from hotline.web.access import for_roles
from hotline.web.context import web

blueprint = Blueprint("callbacks", __name__)

#: Who calls back needs the whole number, so operators see it here; each look at the list goes into the audit log.
_CALLERS_BACK = (Role.OPERATOR, *STEERING)


class CloseForm(FlaskForm):
    note = StringField(_("What came of it"), [InputRequired(_("Please write what came of it.")), Length(max=500)])


@blueprint.get("/callbacks")
@for_roles(*_CALLERS_BACK)
def index() -> str:
    context = web()
    with context.storage.writing() as work:
        owed = work.callbacks.list()
        call_ids = {c.id: work.calls.id_of(c.node, c.linkedid) for c in owed}
        silent = silent_messages(work, owed)
        work.audit.add(context.now(), current_user.username, "callbacks.view", "callbacks", f"{len(owed)} open")
    return render_template("callbacks.html", owed=owed, call_ids=call_ids, silent=silent, form=CloseForm(),
                           now=context.now())


@blueprint.post("/callbacks/<int:callback_id>/close")
@for_roles(*_CALLERS_BACK)
def close(callback_id: int) -> Response:
    form = CloseForm()
    if not form.validate_on_submit():
        flash(next(iter(form.errors.values()))[0], "bad")
        return redirect(url_for("callbacks.index"))
    try:
        close_callback(web().storage, callback_id, current_user.username, form.note.data, web().now())
        flash(gettext("The callback is closed."), "ok")
    except Refused:  # nothing but blanks and control characters
        flash(gettext("Please write what came of it."), "bad")
    return redirect(url_for("callbacks.index"))
