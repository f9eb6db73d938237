"""Reports that were made: their list, each of them, as a workbook; sent again (B4, F1, F10)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, ngettext
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.rights.acts import Act
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.scheduled_reports.words import KINDS
from hotline.services.scheduled_reports import seeing
from hotline.services.scheduled_reports.tables import file_name
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.asked import choice
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.rules import in_language
from hotline.web.kit.said import flashed
from hotline.web.scheduled_reports.labels import ANSWERS, RECIPIENTS, RULES

blueprint = Blueprint("scheduled_reports", __name__, url_prefix="/reports")
blueprint.context_processor(
    lambda: {"kind_names": {kind: in_language(text) for kind, text in KINDS.items()}, "kind_rules": RULES}
)


def language() -> str:
    """Of the page: "zh" or "en"."""
    locale = get_locale()
    return locale.language if locale is not None else "zh"


@blueprint.get("/made")
@may(Act.SEE_MADE_REPORTS)
def index() -> str:
    context, page = web(), page_asked(request.args, MAX_PAGE)
    kind = choice(request.args, "kind", [each.value for each in ReportKind])
    kinds = [ReportKind(kind)] if kind else list(ReportKind)
    found = seeing.list_reports(context.storage, actor(), kinds, PAGE_SIZE + 1, (page - 1) * PAGE_SIZE)
    return render_template(
        "scheduled_reports/index.html",
        reports=found[:PAGE_SIZE],
        has_more=len(found) > PAGE_SIZE,
        page=page,
        kind=kind,
        answers=ANSWERS,
    )


@blueprint.get("/made/<int:report_id>")
@may(Act.SEE_MADE_REPORTS)
def show(report_id: int) -> str:
    context = web()
    seen = seeing.see_report(context.storage, context.settings, report_id, actor(), language(), context.now())
    return render_template(
        "scheduled_reports/report.html",
        seen=seen,
        report=seen.report,
        most=seeing.ON_PAGE,
        states=RECIPIENTS,
        answers=ANSWERS,
    )


@blueprint.get("/made/<int:report_id>.xlsx")
@may(Act.SEE_MADE_REPORTS)
def workbook(report_id: int) -> Response:
    context = web()
    given = (context.storage, context.settings, report_id, actor(), language(), context.now())
    report, book = seeing.book_of_report(*given)
    return xlsx_file(book, file_name(report))


@blueprint.post("/made/<int:report_id>/send")
@may(Act.MAKE_REPORTS)
def send(report_id: int) -> AnyResponse:
    context = web()
    with flashed():
        count = seeing.send_again(context.storage, context.settings, report_id, actor(), context.now())
        flash(ngettext("Sent to %(num)s person.", "Sent to %(num)s persons.", count), "ok")
    return redirect(url_for(".show", report_id=report_id))
