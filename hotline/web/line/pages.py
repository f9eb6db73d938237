"""The lines: open or closed now and next, and overrides by supervisors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateTimeLocalField, StringField
from wtforms.validators import AnyOf, InputRequired, Length

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.interval import Interval
from hotline.domain.rights.acts import Act
from hotline.domain.text import one_line
from hotline.domain.time import SHANGHAI, midnight
from hotline.domain.wall_time import within_years
from hotline.services.line import line as line_service
from hotline.services.line.line_view import lines_page
from hotline.services.line.names import require_line
from hotline.web.kit.access import may
from hotline.web.kit.context import web
from hotline.web.kit.said import said

blueprint = Blueprint("line", __name__)

#: What can be declared, and how it is called.
MODES = {"closed": _("Closed"), "open": _("Open")}


class DeclareForm(FlaskForm):
    mode = StringField(_("The line is"), [AnyOf(MODES, _("Please choose."))], default="closed")
    until = DateTimeLocalField(_("Until"), [InputRequired(_("Please say until when."))], format="%Y-%m-%dT%H:%M")
    reason = StringField(_("Reason"), [InputRequired(_("Please give a reason.")), Length(max=200)])
    line = StringField(_("Line"), [Length(max=32)])  # "" is every line


@blueprint.get("/line")
@may(Act.READ_LINE)
def index() -> str:
    return _page(DeclareForm())


@blueprint.post("/line/declare")
@may(Act.DECLARE_LINE)
def declare() -> Response | tuple[str, int]:
    form = DeclareForm()
    if not form.validate_on_submit():
        if form.until.process_errors:  # no time at all
            form.until.errors = [gettext("Please say until when.")]
        return _page(form), 422
    context = web()
    reason = one_line(form.reason.data or "")
    mode: Literal["open", "closed"] = "open" if form.mode.data == "open" else "closed"
    line = form.line.data or ""
    require_line(context.settings, line)
    try:
        line_service.declare(
            context.storage, mode, _moment(form.until.data), current_user.username, reason, context.now(), line
        )
    except Refused as error:
        form.until.errors = [said(error)]
        return _page(form), 422
    flash(gettext("This holds from now on."), "ok")
    return redirect(url_for("line.index", line=line or None))


@blueprint.post("/line/calendar")
@may(Act.DECLARE_LINE)
def go_by_calendar() -> Response:
    context = web()
    line = request.form.get("line", "")
    require_line(context.settings, line)
    line_service.go_by_calendar(context.storage, current_user.username, context.now(), line)
    flash(gettext("The line goes by the calendar again."), "ok")
    return redirect(url_for("line.index", line=line or None))


def _page(form: DeclareForm) -> str:
    context = web()
    now = context.now()
    shown = lines_page(context.storage, context.settings, now, form.line.data or request.args.get("line", ""))
    return render_template(
        "line/line.html", form=form, modes=MODES, shown=shown, ends=_usual_ends(shown.days[0][1], now), now=now
    )


def _usual_ends(today: Sequence[Interval], now: datetime) -> dict[str, str]:
    """What a line is mostly declared until: words -> as the field takes it."""
    ends = {gettext("1 hour"): now + timedelta(hours=1), gettext("2 hours"): now + timedelta(hours=2)}
    if today and today[-1].ends_at > now:
        ends[gettext("end of today's hours")] = today[-1].ends_at
    ends[gettext("end of today")] = midnight(local_day(now) + timedelta(days=1))
    return {words: f"{end.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}" for words, end in ends.items()}


def _moment(typed: datetime | None) -> datetime:
    """Raises Refused for a year that no calendar of ours has."""
    if typed is None or not within_years(typed):
        raise Refused("line.year")
    return typed.replace(tzinfo=SHANGHAI)
