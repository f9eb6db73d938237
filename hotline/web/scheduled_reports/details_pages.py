"""My call details: each month's, confirmed or objected to (F2, F12)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.rights.acts import Act
from hotline.services.scheduled_reports import confirming
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import flashed
from hotline.web.scheduled_reports.labels import ANSWERS
from hotline.web.scheduled_reports.pages import language

blueprint = Blueprint("call_details", __name__, url_prefix="/reports")


@blueprint.get("/my-calls")
@may(Act.CONFIRM_DETAILS)
def index() -> str:
    context, asked = web(), request.args.get("report", "")
    report_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    found = confirming.own_details(context.storage, context.settings, actor(), report_id, language(), context.now())
    return render_template("scheduled_reports/my_calls.html", found=found, answers=ANSWERS, most=confirming.MOST_WORDS)


@blueprint.post("/my-calls/<int:report_id>")
@may(Act.CONFIRM_DETAILS)
def answer(report_id: int) -> Response:
    context, objects = web(), request.form.get("answer") == "objected"
    with flashed():
        words = request.form.get("words", "")
        confirming.answer_details(context.storage, context.settings, report_id, objects, words, actor(), context.now())
        flash(gettext("Noted; a supervisor answers.") if objects else gettext("Confirmed."), "ok")
    return redirect(url_for(".index", report=report_id))


@blueprint.post("/made/<int:report_id>/decide")
@may(Act.DECIDE_DETAILS)
def decide(report_id: int) -> Response:
    context = web()
    with flashed():
        confirming.decide_details(context.storage, report_id, request.form.get("decision", ""), actor(), context.now())
        flash(gettext("Answered; they are told."), "ok")
    return redirect(url_for("scheduled_reports.show", report_id=report_id))
