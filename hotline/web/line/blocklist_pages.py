"""The list of callers who are turned away: put on it, taken off it, and who calls again and again (A15)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.errors import NotFound, Refused
from hotline.domain.rights.acts import Act
from hotline.services.line import blocklist
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import said

blueprint = Blueprint("blocklist", __name__, url_prefix="/blocklist")

#: For how long, in days; None until it is lifted.
SPANS = {"1": _("1 day"), "7": _("7 days"), "30": _("30 days"), "90": _("90 days"), "": _("until lifted")}
_USUAL = "30"


@blueprint.get("")
@may(Act.DECIDE_BLOCKS)
def index() -> str:
    return _page(None)


@blueprint.post("")
@may(Act.DECIDE_BLOCKS)
def add() -> Response | tuple[str, int]:
    context, days = web(), request.form.get("days", _USUAL)
    try:
        shown = blocklist.block_caller(
            context.storage,
            context.settings,
            request.form.get("number", ""),
            request.form.get("reason", "")[:200],
            int(days) if days in SPANS and days else None,
            actor(),
            context.now(),
        )
    except Refused as error:
        return _page(error), 422
    flash(gettext("%(number)s is turned away from now on.", number=shown), "ok")
    return redirect(url_for("blocklist.index"))


@blueprint.post("/lift")
@may(Act.DECIDE_BLOCKS)
def lift() -> Response:
    context = web()
    try:
        number = blocklist.lift_block(context.storage, request.form.get("number", ""), actor(), context.now())
    except NotFound as error:
        flash(said(error), "bad")
    else:
        flash(gettext("%(number)s gets through again.", number=number), "ok")
    return redirect(url_for("blocklist.index"))


def _page(error: Refused | None) -> str:
    """With what was typed, and what is wrong with it at its field."""
    context = web()
    problems = {} if error is None else {(error.field or "number"): said(error)}
    return render_template(
        "line/blocklist.html",
        seen=blocklist.see_blocklist(context.storage, context.settings, actor(), context.now()),
        kept=context.settings.blocklist,
        spans=SPANS,
        typed={"days": _USUAL, **request.form.to_dict()},
        problems=problems,
    )
