"""What became of callbacks, promises and answers (A9, B5, B6), and the rows behind each figure."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from hotline.domain.rights.acts import Act
from hotline.services.callbacks.figures import FIGURES, FigureOf, FigureRow, rows_behind, what_is_owed
from hotline.web.callbacks.figure_words import FIGURE_WORDS, OF_WORDS
from hotline.web.callbacks.labels import CALLBACK_REASONS
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.asked import choice
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.period import PERIODS, Period, read_period

blueprint = Blueprint("owed_figures", __name__)


@blueprint.get("/callbacks/figures")
@may(Act.SEE_OWED_FIGURES)
def index() -> str:
    period, now = read_period(request.args, web().now()), web().now()
    of, figure = _figure()
    page = page_asked(request.args, MAX_PAGE)
    rows: list[FigureRow] = []
    if figure:
        offset = (page - 1) * PAGE_SIZE
        rows = rows_behind(web().storage, actor(), of, figure, period.since, period.until, now, PAGE_SIZE + 1, offset)
    return render_template(
        "callbacks/figures.html",
        found=what_is_owed(web().storage, actor(), period.since, period.until, now),
        period=period,
        periods=PERIODS,
        words=FIGURE_WORDS,
        of_words=OF_WORDS,
        reasons=CALLBACK_REASONS,
        asked=(of, figure),
        rows=rows[:PAGE_SIZE],
        goes_on=len(rows) > PAGE_SIZE,
        page=page,
        address=_Addresses(period),
    )


def _figure() -> tuple[FigureOf, str]:
    """What the rows are asked of; "" for none."""
    of = FigureOf(choice(request.args, "of", [each.value for each in FigureOf], FigureOf.CALLBACKS.value))
    return of, choice(request.args, "figure", [each.value for each in FIGURES[of]])


class _Addresses:
    """Of this page: of another time, and with the rows of a figure."""

    def __init__(self, period: Period) -> None:
        self._period = period

    def at(self, period: Period) -> str:
        return url_for("owed_figures.index", **period.active)

    def by(self, kind: str) -> str:
        days = self._period.days if kind == "days" else {"day": self._period.last.isoformat()}
        return url_for("owed_figures.index", period=kind, **days)

    def rows(self, of: str, figure: str, page: int = 1) -> str:
        more: dict[str, Any] = {"page": page} if page > 1 else {}
        return url_for("owed_figures.index", of=of, figure=figure, **self._period.active, **more)
