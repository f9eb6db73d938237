"""A duty mobile is taken out of everything with one click, and put back (A2)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import HotlineError
from hotline.domain.rights.acts import Act
from hotline.services.line import lost_mobiles
from hotline.services.line.lost_mobiles import TakenOut
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import said
from hotline.web.kit.shown import line_name

blueprint = Blueprint("mobiles", __name__)


@blueprint.post("/roster/mobiles/lost")
@may(Act.EDIT_ROSTER)
def lost() -> Response:
    context = web()
    number, reason = request.form.get("number", ""), request.form.get("reason", "")
    try:
        out = lost_mobiles.take_out(
            context.storage, context.settings, context.pbx, number, reason, actor().name, context.now()
        )
    except HotlineError as error:
        flash(said(error), "bad")
        return _back()
    flash(gettext("The mobile of %(person)s is out of every shift and rung no more.", person=out.lost.person), "ok")
    _warn(out)
    return _back()


@blueprint.post("/roster/mobiles/<int:lost_id>/back")
@may(Act.EDIT_ROSTER)
def back(lost_id: int) -> Response:
    context = web()
    try:
        done = lost_mobiles.put_back(
            context.storage, context.settings, context.pbx, lost_id, actor().name, context.now()
        )
    except HotlineError as error:
        flash(said(error), "bad")
        return _back()
    if done.done:
        flash(gettext("The mobile of %(person)s is rung again.", person=done.lost.person), "ok")
    else:
        flash(gettext("A second person has to agree before it is rung again."), "ok")
    return _back()


def _warn(out: TakenOut) -> None:
    for line, person in out.next_one.items():
        if not person:
            flash(gettext("Nobody is on duty for %(line)s now: add a shift.", line=line_name(line)), "bad")
    if not out.told:
        flash(gettext("Asterisk cannot be reached: a call that is on its way may still ring it."), "bad")


def _back() -> Response:
    """To the page that it was done on: the floor or the roster."""
    if request.form.get("back") == "floor":
        return redirect(url_for("floor.index"))
    return redirect(url_for("roster.index", _anchor="mobiles"))
