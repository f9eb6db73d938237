"""The report on satisfaction (E9): figures, the calls behind each, comments; as a page and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext

from hotline.domain.rights.acts import Act
from hotline.domain.satisfaction.figures import By, RatingFigure, RatingFigures
from hotline.services import xlsx_table
from hotline.services.satisfaction.report import (
    MOST_ROWS,
    AskedReport,
    AskedRows,
    FigureRow,
    RatingReport,
    RatingRow,
    rating_report,
)
from hotline.web.forms.words import category_name
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.asked import choice
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.formats import local
from hotline.web.kit.i18n import language
from hotline.web.kit.in_turn import in_turn
from hotline.web.kit.labels import label
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.period import PERIODS, Period, read_period
from hotline.web.kit.query import clean
from hotline.web.kit.shown import line_name
from hotline.web.kit.who import asked_operators
from hotline.web.satisfaction.figure_words import BY_WORDS, FIGURE_WORDS, ROW_WORDS
from hotline.web.satisfaction.labels import ANSWERS, WAYS

blueprint = Blueprint("satisfaction", __name__)

#: In an address: calls whose record has no category, or which have no record.
NO_CATEGORY = "-"


@blueprint.get("/satisfaction")
@may(Act.SEE_RATINGS)
@in_turn
def index() -> str:
    context, now = web(), web().now()
    period = read_period(request.args, now)
    asked, figure, page = _asked(period), choice(request.args, "figure", [each.value for each in RatingFigure]), _page()
    behind = AskedRows(RatingFigure(figure), PAGE_SIZE + 1, (page - 1) * PAGE_SIZE) if figure else None
    report = rating_report(context.storage, context.settings, asked, actor(), now, behind=behind)
    return render_template(
        "satisfaction/report.html",
        report=report,
        period=period,
        periods=PERIODS,
        words=FIGURE_WORDS,
        by_words=BY_WORDS,
        row_words=ROW_WORDS,
        answers=ANSWERS,
        ways=WAYS,
        figure=figure,
        rows=report.rows[:PAGE_SIZE],
        goes_on=len(report.rows) > PAGE_SIZE,
        page=page,
        name_of=_name,
        shown_filter=_shown_filter(),
        address=_Addresses(period, _filter()),
    )


@blueprint.get("/satisfaction/table.xlsx")
@may(Act.SEE_RATINGS)
@in_turn
def table() -> Response:
    context, now = web(), web().now()
    period = read_period(request.args, now)
    asked = _asked(period)
    behind = AskedRows(RatingFigure.ANSWERED, MOST_ROWS)
    report = rating_report(context.storage, context.settings, asked, actor(), now, exported=True, behind=behind)
    columns = _columns()
    sheets = [
        (str(BY_WORDS[by]), [str(ROW_WORDS[by]), *columns], _figure_lines(by, report.by[by], report.total))
        for by in (By.LINE, By.OPERATOR, By.CATEGORY)
    ]
    answers = (gettext("Answers"), _answer_header(), map(_answer_line, report.rows))
    asked_in = [(gettext("Questionnaires"), _reply_header(), _reply_lines(report))] if report.questionnaires else []
    return xlsx_file(
        xlsx_table.write(*sheets, *asked_in, answers), f"satisfaction-{period.first:%Y%m%d}-{period.last:%Y%m%d}.xlsx"
    )


def _page() -> int:
    return page_asked(request.args, MAX_PAGE)


def _filter() -> dict[str, str]:
    """What the report is of, besides the time, as it stands in the address."""
    found = {name: clean(request.args.get(name, ""), 64) for name in ("line", "operator", "category")}
    return {name: value for name, value in found.items() if value}


def _asked(period: Period) -> AskedReport:
    given = _filter()
    category = given.get("category")
    return AskedReport(
        period.since,
        period.until,
        given.get("line"),
        "" if category == NO_CATEGORY else category,
        given.get("operator", ""),
    )


def _shown_filter() -> dict[str, str]:
    """The same in words."""
    given, people = _filter(), asked_operators()
    category = given.get("category", "")
    words = {
        "line": line_name(given.get("line", "")),
        "operator": people.get(given.get("operator", ""), given.get("operator", "")),
        "category": gettext("No category") if category == NO_CATEGORY else category_name(category) or category,
    }
    return {name: words[name] or given[name] for name in given}


def _name(by: By, row: FigureRow) -> str:
    if by is By.LINE:
        return line_name(row.key) or row.key or "–"
    if by is By.CATEGORY:
        return category_name(row.key) if row.key else gettext("No category")
    return row.name or row.key or "–"


class _Addresses:
    """Of this page: of another time, of one row alone, and with the calls of a figure."""

    def __init__(self, period: Period, given: Mapping[str, Any]) -> None:
        self._period, self.given = period, given

    def at(self, period: Period) -> str:
        return url_for("satisfaction.index", **period.active, **self.given)

    def by(self, kind: str) -> str:
        days = self._period.days if kind == "days" else {"day": self._period.last.isoformat()}
        return url_for("satisfaction.index", period=kind, **days, **self.given)

    def without(self, name: str) -> str:
        others: dict[str, Any] = {each: value for each, value in self.given.items() if each != name}
        return url_for("satisfaction.index", **self._period.active, **others)

    def of(self, by: By, key: str) -> str:
        return url_for("satisfaction.index", **self._period.active, **{**self.given, **_of(by, key)})

    def rows(self, figure: str, by: By | None = None, key: str = "", page: int = 1) -> str:
        more: dict[str, Any] = {"page": page} if page > 1 else {}
        given = {**self.given, **(_of(by, key) if by else {})}
        return url_for("satisfaction.index", figure=figure, **self._period.active, **given, **more) + "#rows"

    @property
    def table(self) -> str:
        return url_for("satisfaction.table", **self._period.active, **self.given)


def _of(by: By, key: str) -> dict[str, Any]:
    return {by.value: key or (NO_CATEGORY if by is By.CATEGORY else "")}


def _columns() -> list[str]:
    shares = (gettext("Answered, %"), gettext("Satisfied, %"), gettext("Mean of 5"))
    return [*(str(FIGURE_WORDS[each]) for each in RatingFigure), *shares]


def _figure_lines(by: By, rows: Sequence[FigureRow], total: RatingFigures) -> Iterator[list[str | int]]:
    for row in rows:
        yield [_name(by, row), *_cells(row.figures)]
    yield [gettext("All"), *_cells(total)]


def _cells(figures: RatingFigures) -> list[str | int]:
    counts = [getattr(figures, each.value) for each in RatingFigure]
    return [*counts, *_shares(figures.answered_percent, figures.satisfied_percent, figures.mean)]


def _reply_header() -> list[str]:
    return [
        gettext("Questionnaire"),
        gettext("Replies received"),
        gettext("In return visits"),
        gettext("With a score"),
        gettext("Of rated calls"),
        gettext("Satisfied, %"),
        gettext("Mean of 5"),
    ]


def _reply_lines(report: RatingReport) -> Iterator[list[str | int]]:
    for row in report.questionnaires:
        found = row.figures
        counts = (found.replies, found.in_visits, found.scored, found.rated)
        yield [row.questionnaire.words.said(language()), *counts, *_shares(found.satisfied_percent, found.mean)]
    whole = report.opinions
    together = gettext("Ratings and questionnaires together")
    yield [together, "", "", whole.answered, "", *_shares(whole.satisfied_percent, whole.mean)]


def _shares(*found: float | None) -> list[str]:
    return ["" if each is None else f"{each:g}" for each in found]


def _answer_header() -> list[str]:
    return [
        gettext("Asked at"),
        gettext("Line"),
        gettext("Operator"),
        gettext("Category"),
        gettext("Answer"),
        gettext("How"),
        gettext("Comment"),
    ]


def _answer_line(row: RatingRow) -> list[str | int]:
    rating = row.rating
    return [
        f"{local(rating.offered_at):%Y-%m-%d %H:%M:%S}",
        line_name(rating.line),
        row.operator,
        category_name(row.category) if row.category else "",
        rating.answer or 0,
        str(label(WAYS, rating.way.value).text),
        rating.comment,
    ]
