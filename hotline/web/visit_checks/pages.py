"""Visits are drawn and judged (E6)."""

from __future__ import annotations

from datetime import datetime, time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.calendar import local_day
from hotline.domain.ids import parse_id
from hotline.domain.rights.acts import Act
from hotline.domain.time import SHANGHAI
from hotline.domain.visit_checks.checks import Fault
from hotline.services.visit_checks import draws
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.query import clean, day_of
from hotline.web.kit.said import flashed
from hotline.web.visit_checks.labels import FAULTS

blueprint = Blueprint("visit_checks", __name__, url_prefix="/visits/checks")


@blueprint.get("")
@may(Act.SAMPLE_VISITS)
def index() -> str:
    context = web()
    found = draws.see_draws(context.storage, actor(), context.now())
    return render_template("visit_checks/draws.html", found=found, month=f"{local_day(context.now()):%Y-%m}")


@blueprint.post("")
@may(Act.SAMPLE_VISITS)
def draw() -> Response:
    context = web()
    first = day_of(f"{clean(request.form.get('month', ''), 7)}-01") or local_day(context.now()).replace(day=1)
    count, seed = parse_id(request.form.get("per_visitor", "")) or 0, clean(request.form.get("seed", ""))
    with flashed():
        made = draws.draw_checks(context.storage, context.settings, first, count, actor(), context.now(), seed)
        return redirect(url_for("visit_checks.show", draw_id=made.id), 303)
    return redirect(url_for("visit_checks.index"), 303)


@blueprint.get("/<int:draw_id>")
@may(Act.SAMPLE_VISITS)
def show(draw_id: int) -> str:
    context = web()
    found = draws.see_draw(context.storage, draw_id, actor(), context.now())
    return render_template("visit_checks/draw.html", found=found, faults=FAULTS, today=local_day(context.now()))


@blueprint.post("/<int:draw_id>/<int:check_id>")
@may(Act.CHECK_VISIT)
def judge(draw_id: int, check_id: int) -> Response:
    context = web()
    named = [each for each in request.form.getlist("found") if each in list(Fault)]
    with flashed():
        draws.judge(
            context.storage,
            check_id,
            request.form.get("compliant") == "yes",
            [Fault(each) for each in named],
            request.form.get("note", ""),
            actor(),
            context.now(),
        )
        flash(gettext("Saved."), "ok")
    return redirect(url_for("visit_checks.show", draw_id=draw_id, _anchor=f"check-{check_id}"), 303)


@blueprint.post("/<int:draw_id>/<int:check_id>/order")
@may(Act.RECTIFY)
def order(draw_id: int, check_id: int) -> Response:
    """Until the end of that day."""
    context = web()
    day = day_of(clean(request.form.get("due", ""), 10))
    due_at = datetime.combine(day, time(23, 59), SHANGHAI) if day is not None else context.now()
    with flashed():
        draws.order_correction(
            context.storage,
            context.settings,
            check_id,
            request.form.get("text", "")[:10_000],
            due_at,
            actor(),
            context.now(),
        )
        flash(gettext("The corrective action is issued."), "ok")
    return redirect(url_for("visit_checks.show", draw_id=draw_id, _anchor=f"check-{check_id}"), 303)
