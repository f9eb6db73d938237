"""《顾客投诉分类统计表》 as a page and as a workbook: cases of a month by subject, rates, causes and measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.cases.month import Subject
from hotline.domain.months import next_month, previous_month
from hotline.domain.rights.acts import Act
from hotline.services import xlsx_table
from hotline.services.cases.month import SeenMonth, see_month
from hotline.services.cases.view import CaseView
from hotline.web.cases.words import case_stage
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.query import clean, month_asked

blueprint = Blueprint("case_month", __name__, url_prefix="/cases/month")

RATES = {
    "returned": _("Returned by departments"),
    "reassigned": _("Assigned to another department"),
    "extended": _("Extended"),
    "urged": _("Urged"),
    "supervised": _("Supervised"),
    "merged": _("Others merged into it"),
    "answered": _("First answer in time"),
    "solved": _("Settled for good"),
    "satisfied": _("Customers content"),
}
_SUBJECTS = (_("Subject"), _("Opened cases"), _("Settled"), _("Not justified"), _("Grave"), _("Repeated"))
_CASES = (
    _("Case"),
    _("Title"),
    _("Subject"),
    _("Stage"),
    _("Cause"),
    _("Person responsible"),
    _("Measures"),
    _("Result"),
)


@blueprint.get("")
@may(Act.EXPORT_CASES)
def index() -> str:
    first, kind, seen, rate = _month(), _kind(), _seen(), _rate()
    before, after = previous_month(first), next_month(first)
    return render_template(
        "cases/month.html",
        seen=seen,
        rate=rate,
        cases=[each for each in seen.cases if not rate or each.id in seen.month.rates[rate].counted],
        first=first,
        before=before,
        after=after,
        kind=kind,
        rates=RATES,
        subjects=_SUBJECTS,
        columns=_CASES,
        row_of=_row,
    )


@blueprint.get("/table.xlsx")
@may(Act.EXPORT_CASES)
def table() -> Response:
    seen, first = _seen(exported=True), _month()
    book = xlsx_table.write(
        (gettext("By subject"), [str(each) for each in _SUBJECTS], _subject_rows(seen)),
        (gettext("Rates"), [gettext("Rate"), gettext("Cases"), gettext("Of"), "%"], _rate_rows(seen)),
        (gettext("Causes and measures"), [str(each) for each in _CASES], map(_row, seen.cases)),
    )
    name = f"cases-{_kind()}-{first:%Y%m}.xlsx"
    return xlsx_file(book, name)


def _seen(exported: bool = False) -> SeenMonth:
    context = web()
    return see_month(context.storage, context.settings, _kind(), _month(), actor(), context.now(), exported)


def _month() -> date:
    return month_asked(request.args, web().now())


def _rate() -> str:
    """The rate whose cases are shown alone; "" for none."""
    found = request.args.get("rate", "")
    return found if found in RATES else ""


def _kind() -> str:
    found = clean(request.args.get("kind", ""), 32)
    return found if found.isidentifier() and found.isascii() else "complaint"


def _subject_rows(seen: SeenMonth) -> Iterator[tuple[str | int, ...]]:
    for each in seen.month.subjects:
        yield _counts(each, each.name)
    yield _counts(seen.month.total, gettext("All"))


def _counts(each: Subject, name: str) -> tuple[str | int, ...]:
    return (name, each.opened, each.closed, each.dismissed, each.severe, each.repeated)


def _rate_rows(seen: SeenMonth) -> Iterator[tuple[str | int, ...]]:
    for name, rate in seen.month.rates.items():
        percent = f"{rate.percent:g}" if rate.percent is not None else ""
        yield (str(RATES[name]), rate.part, rate.of, percent)


def _row(case: CaseView) -> tuple[str, ...]:
    told = case.values
    measures = told.get("lesson") or told.get("carried_out_how", "")
    causes = (told.get("cause", ""), told.get("responsible", ""), measures)
    return (case.number, case.title, case.subject, case_stage(case.kind, case.stage), *causes, case.result)
