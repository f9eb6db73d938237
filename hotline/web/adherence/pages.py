"""Adherence by person, late starts and empty shifts (F6)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.rights.acts import Act
from hotline.domain.time import minute_text
from hotline.services import xlsx_table
from hotline.services.adherence import adherence
from hotline.services.adherence.adherence import SeenAdherence, see_adherence
from hotline.web.adherence.labels import DECISIONS, MISSED
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.formats import duration
from hotline.web.kit.period import Period, read_period
from hotline.web.kit.said import flashed

blueprint = Blueprint("adherence", __name__, url_prefix="/adherence")


@blueprint.get("")
@may(Act.SEE_ADHERENCE)
def index() -> str:
    period = _period()
    return render_template("adherence/adherence.html", seen=_seen(period), period=period, address=_address)


@blueprint.get("/adherence.xlsx")
@may(Act.SEE_ADHERENCE)
def sheet() -> Response:
    seen = _seen(_period())
    header = [
        gettext("Person"),
        gettext("Planned"),
        gettext("Ready, in calls, wrap-up"),
        gettext("Paused"),
        gettext("Away"),
        gettext("Adherence (%)"),
        gettext("Late starts"),
        gettext("Empty shifts"),
        gettext("Not accepted"),
    ]
    rows: list[list[str | int]] = [
        [
            each.name,
            *map(
                duration, (each.adherence.planned, each.adherence.working, each.adherence.paused, each.adherence.away)
            ),
            "" if each.adherence.percent is None else f"{each.adherence.percent:g}",
            each.late,
            each.empty,
            each.not_accepted,
        ]
        for each in seen.rows
    ]
    starts = [gettext("Person"), gettext("Shift"), gettext("What"), gettext("Came"), gettext("Explanation")]
    missed: list[list[str | int]] = [
        [
            each.name,
            minute_text(each.missed.starts_at),
            str(MISSED[each.missed.kind].text),
            minute_text(each.missed.came_at),
            each.missed.explanation,
            str(DECISIONS[each.missed.decision].text),
        ]
        for each in seen.missed
    ]
    book = xlsx_table.write(
        (gettext("Adherence"), header, rows), (gettext("Late starts"), [*starts, gettext("Decision")], missed)
    )
    return xlsx_file(book, "adherence.xlsx")


@blueprint.post("/<int:missed_id>/explain")
@may(Act.EXPLAIN_MISSED_START)
def explain(missed_id: int) -> AnyResponse:
    context = web()
    with flashed():
        adherence.explain(context.storage, missed_id, request.form.get("explanation", ""), actor(), context.now())
        flash(gettext("Your explanation is noted; a supervisor decides."), "ok")
    return redirect(_back())


@blueprint.post("/<int:missed_id>/decide")
@may(Act.DECIDE_MISSED_START)
def decide(missed_id: int) -> AnyResponse:
    context = web()
    with flashed():
        adherence.decide(context.storage, missed_id, request.form.get("decision") == "accepted", actor(), context.now())
        flash(gettext("Decided; they are told."), "ok")
    return redirect(_back())


def _seen(period: Period) -> SeenAdherence:
    context = web()
    return see_adherence(context.storage, context.settings, actor(), period.since, period.until, context.now())


def _period() -> Period:
    """The present week where nothing is asked for."""
    return read_period(request.args, web().now(), "week")


def _back() -> str:
    return _address(_period())


def _address(period: Period) -> str:
    return url_for("adherence.index", **period.active)
