"""The duty roster as a calendar (A2, A16): who has the mobile, gaps and overlaps, hand-overs; shifts added and removed.

Each dialog is a page of its own address (?add=…, ?shift=…), so that it works without scripts too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.line.roster import Shift
from hotline.domain.months import next_month, previous_month
from hotline.domain.rights.acts import Act
from hotline.services.line import roster as roster_service
from hotline.services.line.lost_mobiles import duty_mobiles
from hotline.services.line.names import line_names
from hotline.services.line.roster import BadShift, ShiftProblem
from hotline.services.line.roster_table import write_shifts
from hotline.services.line.roster_view import GAP_DAYS, roster_month
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.downloads import table_file, table_route
from hotline.web.kit.query import day_typed
from hotline.web.kit.said import said
from hotline.web.line.roster_forms import HandoverForm, ShiftForm, put_problem

blueprint = Blueprint("roster", __name__)

_PEOPLE_COLOURS = 6


@blueprint.get("/roster")
@may(Act.READ_ROSTER)
def index() -> str:
    form = ShiftForm()
    dialog = ""
    if allowed(Act.EDIT_ROSTER):
        dialog = next((name for name in ("add", "shift", "handover") if name in request.args), "")
    if dialog == "add":
        _fill_in(form, day_typed(request.args["add"]) or local_day(web().now()), _asked_line())
    return _page(dialog, shift_form=form)


@blueprint.post("/roster/shifts")
@may(Act.EDIT_ROSTER)
def add() -> AnyResponse | tuple[str, int]:
    form = ShiftForm()
    if not form.validate_on_submit():
        return _page("add", shift_form=form), 422
    context = web()
    try:
        added = roster_service.add_shift(
            context.storage, form.shift(), actor().name, context.now(), line_names(context.settings)
        )
    except BadShift as error:
        put_problem(form, error)
        return _page("add", shift_form=form), 422
    flash(gettext("%(person)s is on duty then.", person=added.person), "ok")
    return redirect(url_for("roster.index", month=_month_of(added.starts_at), line=_asked_line() or None))


@blueprint.post("/roster/shifts/<int:shift_id>/remove")
@may(Act.EDIT_ROSTER)
def remove(shift_id: int) -> AnyResponse:
    context = web()
    roster_service.remove_shift(context.storage, shift_id, actor().name, context.now())
    flash(gettext("The shift is removed. Please look whether somebody else has this time."), "ok")
    return redirect(url_for("roster.index", month=_asked_month().strftime("%Y-%m"), line=_asked_line() or None))


@blueprint.post("/roster/handovers")
@may(Act.EDIT_ROSTER)
def hand_over() -> AnyResponse | tuple[str, int]:
    form = HandoverForm()
    context = web()
    if not form.validate_on_submit():
        return _page("handover", handover_form=form), 422
    try:
        roster_service.record_handover(
            context.storage,
            form.from_person.data or "",
            form.to_person.data or "",
            actor().name,
            context.now(),
            form.note.data or "",
            form.line.data or "",
            line_names(context.settings),
        )
    except BadShift as error:
        (form.line if error.problem is ShiftProblem.LINE else form.to_person).errors = [said(error)]
        return _page("handover", handover_form=form), 422
    except Refused as error:
        form.to_person.errors = [said(error)]
        return _page("handover", handover_form=form), 422
    flash(gettext("The hand-over is recorded."), "ok")
    return redirect(url_for("roster.index", line=_asked_line() or None))


@table_route(blueprint, "/roster/shifts")
@may(Act.EXPORT_ROSTER)
def export(ending: str) -> Response:
    """The month's shifts as a table that can be read in again; with whole numbers, so it stands in the audit log."""
    context, first = web(), _asked_month()
    shifts = roster_service.export_shifts(context.storage, context.settings, first, actor(), context.now())
    return table_file(write_shifts(shifts), f"roster-{first:%Y-%m}", ending)


def _page(dialog: str, shift_form: ShiftForm | None = None, handover_form: HandoverForm | None = None) -> str:
    context = web()
    now, first = context.now(), _asked_month()
    line = _asked_line()
    shown = roster_month(context.storage, context.settings, first, now, line)
    return render_template(
        "line/roster.html",
        month=first,
        previous=previous_month(first).strftime("%Y-%m"),
        next=next_month(first).strftime("%Y-%m"),
        today=local_day(now),
        now=now,
        shown=shown,
        line=line,
        lines=tuple(context.settings.lines),
        gap_days=GAP_DAYS,
        colours=_PEOPLE_COLOURS,
        dialog=dialog,
        mobiles=duty_mobiles(context.storage, context.settings, now) if allowed(Act.EDIT_ROSTER) else None,
        chosen=_chosen(shown.shifts) if dialog == "shift" else None,
        shift_form=shift_form or ShiftForm(formdata=None),
        handover_form=handover_form or HandoverForm(formdata=None),
    )


def _asked_month() -> date:
    """The first of the month that is asked for (?month=2026-11); of this one where none is, or none that there is."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", request.args.get("month", ""))
    return date(int(found[1]), int(found[2]), 1) if found else local_day(web().now()).replace(day=1)


def _asked_line() -> str:
    """The line that is asked for (?line=main); "" is all of them."""
    return request.args.get("line", "")


def _month_of(moment: datetime) -> str:
    return local_day(moment).strftime("%Y-%m")


def _chosen(shifts: Sequence[Shift]) -> Shift | None:
    """By its id; one of the settings file by its place among these."""
    asked = request.args.get("shift", "")
    kept = next((shift for shift in shifts if str(shift.id) == asked), None)
    return kept or next((s for s in shifts if s.id is None and asked == f"s{int(s.starts_at.timestamp())}"), None)


def _fill_in(form: ShiftForm, day: date, line: str) -> None:
    """A whole day, from midnight to midnight."""
    form.lines.data = [line] if line else []
    form.starts_at.data = datetime.combine(day, time.min)
    form.ends_at.data = datetime.combine(day + timedelta(days=1), time.min)
