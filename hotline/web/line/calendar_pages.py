"""The year as a calendar (A1): which days are worked. Administrators choose days and say what they are."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.calendar import local_day
from hotline.domain.calendar_key import department_key
from hotline.domain.errors import Refused
from hotline.domain.own_calendar import DayMark
from hotline.domain.rights.acts import Act
from hotline.services.line.holidays import calendar_year, cover_year, mark_days, year_to_show
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.labels import Label
from hotline.web.kit.query import day_typed
from hotline.web.kit.said import said

blueprint = Blueprint("calendar", __name__)

#: What is said of days that were marked; "" is that the mark was taken away.
MARKS = {
    DayMark.CLOSED: Label(_("Closed day"), "wait"),
    DayMark.OPEN: Label(_("Working day"), "ok"),
    DayMark.MAKEUP: Label(_("Make-up working day"), "warn"),
    "": Label(_("Back to the base"), "muted"),
}


@blueprint.get("/calendar")
@may(Act.READ_LINE)
def index() -> str:
    return _page()


@blueprint.post("/calendar/days")
@may(Act.EDIT_CALENDAR)
def mark() -> Response | tuple[str, int]:
    context, chosen = web(), request.form.get("mark", "")
    days = [found for text in request.form.getlist("days") if (found := day_typed(text))]
    try:
        kind = DayMark(chosen) if chosen in MARKS and chosen else None
        mark_days(context.in_force, actor(), days, kind, context.now(), _asked_line())
    except Refused as error:
        flash(said(error), "bad")
        return _page(), 422
    flash(gettext("%(count)s days are marked: %(mark)s.", count=len(set(days)), mark=MARKS[kind or ""].text), "ok")
    return _back()


@blueprint.post("/calendar/years")
@may(Act.EDIT_CALENDAR)
def cover() -> Response:
    context, complete = web(), request.form.get("complete") == "yes"
    cover_year(context.in_force, actor(), _asked_year(), complete, context.now())
    flash(gettext("The year is noted as complete.") if complete else gettext("The year is open again."), "ok")
    return _back()


def _page() -> str:
    context = web()
    year, whose = _asked_year(), _asked_line()
    return render_template(
        "line/calendar.html",
        shown=calendar_year(context.in_force, year, context.now(), whose),
        line=whose if _asked_department() is None else "",
        department=_asked_department(),
        lines=tuple(context.settings.lines),
        marks=MARKS,
        today=local_day(context.now()),
        may_mark=allowed(Act.EDIT_CALENDAR),
    )


def _back() -> Response:
    department = _asked_department()
    line = _asked_line() if department is None else ""
    return redirect(url_for("calendar.index", year=_asked_year(), line=line or None, department=department), 303)


def _asked_line() -> str:
    """The line (?line=main) or the department (?department=3) that is asked for, by its key; "" is the site."""
    return department_key(_asked_department()) or request.args.get("line", "")


def _asked_department() -> int | None:
    asked = request.args.get("department", "")
    return int(asked) if re.fullmatch(r"[1-9]\d{0,8}", asked) else None


def _asked_year() -> int:
    """The year that is asked for (?year=2027); else the one that must be entered soon, or this one."""
    asked = request.args.get("year", "")
    return int(asked) if re.fullmatch(r"20\d\d", asked) else year_to_show(web().settings, web().now())
