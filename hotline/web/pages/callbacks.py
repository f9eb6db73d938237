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
from hotline.services.errors import NotFound
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
        work.audit.add(context.now(), current_user.username, "callbacks.view", "callbacks", f"{len(owed)} open")
    return render_template("callbacks.html", owed=owed, call_ids=call_ids, form=CloseForm(), now=context.now())


@blueprint.post("/callbacks/<int:callback_id>/close")
@for_roles(*_CALLERS_BACK)
def close(callback_id: int) -> Response:
    form = CloseForm()
    if not form.validate_on_submit():
        flash(next(iter(form.errors.values()))[0], "bad")
        return redirect(url_for("callbacks.index"))
    context = web()
    who = current_user.username
    note = "".join(c if c.isprintable() else " " for c in form.note.data).strip()
    with context.storage.writing() as work:
        if callback_id > 2**31 - 1 or not work.callbacks.close(callback_id, who, note, context.now()):
            raise NotFound(f"there is no open callback {callback_id}")
        work.audit.add(context.now(), who, "callback.close", f"callback:{callback_id}", note)
    flash(gettext("The callback is closed."), "ok")
    return redirect(url_for("callbacks.index"))
