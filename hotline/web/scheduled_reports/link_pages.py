"""A report for a recipient who has no account, by the link in their mail."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask_babel import lazy_gettext as _

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.errors import Forbidden
from hotline.domain.links.link import Link
from hotline.domain.scheduled_reports.words import KINDS
from hotline.services.scheduled_reports.by_link import PURPOSE, book_by_link, report_by_link
from hotline.services.scheduled_reports.seeing import ON_PAGE
from hotline.services.scheduled_reports.tables import file_name
from hotline.web.kit import limits
from hotline.web.kit.access import public
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.rules import in_language
from hotline.web.kit.told.linked import LinkedPage
from hotline.web.links.pages import LONGEST, browser
from hotline.web.scheduled_reports.pages import language

blueprint = Blueprint("report_link", __name__)


@blueprint.get("/l/<token>/report.xlsx")
@public
def workbook(token: str) -> Response:
    context, token = web(), token[:LONGEST]
    with limits.guessing(Guessed.LINK, wrong=Forbidden):
        report, book = book_by_link(context.storage, context.settings, token, browser(), language(), context.now())
    return xlsx_file(book, file_name(report))


def _show(link: Link, token: str) -> str:
    context = web()
    report, tables = report_by_link(context.storage, context.settings, link, language(), context.now())
    return render_template(
        "scheduled_reports/link.html",
        report=report,
        tables=tables,
        token=token,
        name=in_language(KINDS[report.kind]),
        most=ON_PAGE,
    )


PAGE = LinkedPage(
    PURPOSE,
    _("A report"),
    _("A report for you"),
    _("From now on the link works in this browser only."),
    _("Open the report"),
    _("This is done"),
    _("The link is used up."),
    _("Ask the hotline to send the report again."),
    _show,
)
