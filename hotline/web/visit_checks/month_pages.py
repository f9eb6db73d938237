"""Each visitor's month (E6), and 《回访总结报告》: as pages, in print and as workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from hotline.domain.months import next_month, previous_month
from hotline.domain.rights.acts import Act
from hotline.domain.shares import percent
from hotline.domain.time import minute_text
from hotline.domain.visit_checks.month import Counts
from hotline.services import xlsx_table
from hotline.services.visit_checks.months import SeenVisitMonth, VisitReport, see_visit_month, visit_report
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.formats import duration
from hotline.web.kit.query import month_asked
from hotline.web.visit_checks.chart import columns, parts
from hotline.web.visit_checks.labels import COUNTS, ORIGINS
from hotline.web.visit_checks.report_words import sentences

blueprint = Blueprint("visit_months", __name__, url_prefix="/visits/months")


@blueprint.get("")
@may(Act.READ_VISIT_MONTHS)
def index() -> str:
    seen = _month()
    return render_template("visit_checks/month.html", seen=seen, counts=COUNTS, **_around(seen.first))


@blueprint.get("/table.xlsx")
@may(Act.READ_VISIT_MONTHS)
def table() -> Response:
    seen = _month()
    book = xlsx_table.write((f"{seen.first:%Y-%m}", [gettext("Visitor"), *_headings()], _visitor_rows(seen)))
    return xlsx_file(book, f"visitors-{seen.first:%Y%m}.xlsx")


@blueprint.get("/report")
@may(Act.READ_VISIT_REPORT)
def report() -> str:
    found = _report()
    first = found.month.first
    days = [first + timedelta(days=each) for each in range((next_month(first) - first).days)]
    total = found.month.total
    results = [
        (gettext("Satisfied"), total.satisfied),
        (gettext("So-so"), total.so_so),
        (gettext("Not satisfied"), total.not_satisfied),
    ]
    return render_template(
        "visit_checks/report.html",
        report=found,
        total=total,
        counts=COUNTS,
        origins=ORIGINS,
        percent=percent,
        sentences=sentences(found),
        by_day=columns([(f"{day:%m-%d}", found.by_day.get(day, 0)) for day in days]),
        results=parts(results),
        rows=results,
        **_around(first),
    )


@blueprint.get("/report.xlsx")
@may(Act.READ_VISIT_REPORT)
def report_table() -> Response:
    found = _report(exported=True)
    headings = _headings()
    book = xlsx_table.write(
        (gettext("Summary"), [gettext("Summary")], [[each] for each in sentences(found)]),
        (gettext("By reason"), [gettext("Reason"), *headings], _origin_rows(found)),
        (gettext("By visitor"), [gettext("Visitor"), *headings], _visitor_rows(found.month)),
        (gettext("By day"), [gettext("Day"), gettext("Answered")], [[str(day), n] for day, n in found.by_day.items()]),
        (gettext("Not satisfied"), _unhappy_headings(), _unhappy_rows(found)),
    )
    return xlsx_file(book, f"visit-report-{found.month.first:%Y%m}.xlsx")


def _month() -> SeenVisitMonth:
    context = web()
    return see_visit_month(context.storage, context.settings, _first(), actor(), context.now())


def _report(exported: bool = False) -> VisitReport:
    context = web()
    return visit_report(context.storage, context.settings, _first(), actor(), context.now(), exported)


def _first() -> date:
    return month_asked(request.args, web().now())


def _around(first: date) -> dict[str, str]:
    return {
        "month": f"{first:%Y-%m}",
        "before": f"{previous_month(first):%Y-%m}",
        "after": f"{next_month(first):%Y-%m}",
    }


def _headings() -> list[str]:
    means = (gettext("Mean of 5"), gettext("Mean length"))
    return [*(str(words) for _name, words in COUNTS), *means, gettext("Checked"), gettext("Compliant")]


def _numbers(counts: Counts) -> list[str | int]:
    mean, score = counts.mean_seconds, counts.mean_score
    means = ("" if score is None else f"{score:g}", duration(mean) if mean is not None else "")
    return [*(getattr(counts, name) for name, _words in COUNTS), *means]


def _visitor_rows(seen: SeenVisitMonth) -> Iterator[list[str | int]]:
    for each in seen.visitors:
        yield [each.name or gettext("Nobody yet"), *_numbers(each.counts), each.checked, each.compliant]
    checked = sum(each.checked for each in seen.visitors)
    compliant = sum(each.compliant for each in seen.visitors)
    yield [gettext("All"), *_numbers(seen.total), checked, compliant]


def _origin_rows(found: VisitReport) -> Iterator[list[str | int]]:
    for origin, counts in found.origins.items():
        yield [str(ORIGINS.get(origin, origin)), *_numbers(counts)]  # type: ignore[call-overload]


def _unhappy_headings() -> list[str]:
    return [
        gettext("Visit"),
        gettext("Day"),
        gettext("Answer"),
        gettext("With what"),
        gettext("Problems"),
        gettext("Case"),
    ]


def _unhappy_rows(found: VisitReport) -> Iterator[list[str | int]]:
    for each in found.unhappy:
        answer = gettext("So-so") if each.result == "so_so" else gettext("Not satisfied")
        case = each.opened_case_id if each.opened_case_id is not None else ""
        yield [each.id or 0, minute_text(each.closed_at), answer, each.with_what, each.problems, case]
