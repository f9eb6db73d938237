"""Work summaries (工作总结): each person's day, week and month in their own words (F1)."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.rights.acts import Act
from hotline.domain.scheduled_reports.summary import MOST_WORDS, SummarySpan
from hotline.services.scheduled_reports import summaries
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.asked import choice
from hotline.web.kit.context import web
from hotline.web.kit.query import day_of
from hotline.web.kit.said import flashed, said
from hotline.web.scheduled_reports.labels import SPANS

blueprint = Blueprint("work_summaries", __name__, url_prefix="/reports/summaries")


@blueprint.get("")
@may(Act.READ_SUMMARIES)
def index() -> str:
    return _page()


@blueprint.post("")
@may(Act.WRITE_SUMMARY)
def write() -> Response | tuple[str, int]:
    """What was typed is kept where it is refused."""
    context = web()
    typed = (request.form.get("work", ""), request.form.get("problems", ""), request.form.get("better", ""))
    try:
        summaries.write_summary(context.storage, context.settings, actor(), _span(), _day(), typed, context.now())
    except Refused as error:
        return _page(error), 422
    flash(gettext("Written."), "ok")
    return redirect(_address())


@blueprint.post("/<int:summary_id>/reply")
@may(Act.READ_SUMMARIES)
def reply(summary_id: int) -> Response:
    context = web()
    with flashed():
        words = request.form.get("reply", "")
        summaries.reply_to_summary(context.storage, summary_id, words, actor(), context.now())
        flash(gettext("Replied; they are told."), "ok")
    return redirect(_address())


def _page(wrong: Refused | None = None) -> str:
    context = web()
    seen = summaries.see_summaries(context.storage, actor(), _span(), _day(), context.now())
    return render_template(
        "scheduled_reports/summaries.html",
        seen=seen,
        spans=SPANS,
        most=MOST_WORDS,
        most_reply=summaries.MOST_REPLY,
        typed=request.form if wrong is not None else None,
        wrong={wrong.field: said(wrong)} if wrong is not None else {},
    )


def _span() -> SummarySpan:
    return SummarySpan(choice(request.args, "span", [each.value for each in SummarySpan], SummarySpan.DAY.value))


def _day() -> date:
    return day_of(request.args.get("day", "")) or local_day(web().now())


def _address() -> str:
    return url_for(".index", span=_span().value, day=_day().isoformat())
