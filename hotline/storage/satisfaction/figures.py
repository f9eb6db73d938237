"""Figures of ratings, counted in the database, and the ratings behind each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true

from hotline.domain.satisfaction.figures import RatingFigure, RatingFigures
from hotline.domain.satisfaction.rating import LOW, Rating
from hotline.domain.staff.records import Tenure
from hotline.storage.forms.tables import call_form
from hotline.storage.satisfaction.store import rating_of
from hotline.storage.satisfaction.tables import rating
from hotline.storage.staff.had import had
from hotline.storage.transaction import TableStore

_R = rating.c
_CATEGORY = func.coalesce(call_form.c.category, "")
_SAME_CALL = and_(call_form.c.node == _R.node, call_form.c.linkedid == _R.linkedid)


@dataclass(frozen=True, slots=True)
class RatingFilter:
    """Offered in [`since`, `until`). `line`, `category`: None for all; a call without a category has "". `had`: whose
    talk was the last, None for everybody's."""

    since: datetime
    until: datetime
    satisfied_from: int
    line: str | None = None
    category: str | None = None
    had: tuple[Tenure, ...] | None = None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Of one line, extension and category."""

    line: str
    extension: str
    category: str
    figures: RatingFigures


class RatingFigureStore(TableStore):
    def groups(self, wanted: RatingFilter) -> list[FigureGroup]:
        """By line, extension and category of the call's log form."""
        keys = (_R.line, _R.extension, _CATEGORY.label("category"))
        found = _within(select(*keys, *_counts(wanted.satisfied_from)), wanted).group_by(*keys)
        return [_group(row) for row in self._connection.execute(found)]

    def total(self, wanted: RatingFilter) -> RatingFigures:
        """Of all of them, without asking for their records."""
        asked = select(*_counts(wanted.satisfied_from))
        asked = asked.where(_R.offered_at >= wanted.since, _R.offered_at < wanted.until)
        return _figures(self._connection.execute(asked).one())

    def rows(self, figure: RatingFigure, wanted: RatingFilter, limit: int, offset: int = 0) -> list[tuple[Rating, str]]:
        """Those that the figure counts, with the category of the call, the newest first."""
        found = _within(select(rating, _CATEGORY.label("category")), wanted).where(_is(figure, wanted.satisfied_from))
        ordered = found.order_by(_R.offered_at.desc(), _R.id.desc()).limit(limit).offset(offset)
        return [(rating_of(row), row.category) for row in self._connection.execute(ordered)]


def _counts(satisfied_from: int) -> list[ColumnElement[Any]]:
    counts = [func.count().filter(_is(figure, satisfied_from)).label(figure.value) for figure in RatingFigure]
    return [*counts, func.coalesce(func.sum(_R.answer), 0).label("total")]


def _within(asked: Select[Any], wanted: RatingFilter) -> Select[Any]:
    asked = asked.select_from(rating.outerjoin(call_form, _SAME_CALL)).where(
        _R.offered_at >= wanted.since, _R.offered_at < wanted.until
    )
    if wanted.line is not None:
        asked = asked.where(_R.line == wanted.line)
    if wanted.category is not None:
        asked = asked.where(_CATEGORY.is_not_distinct_from(wanted.category))
    if wanted.had is not None:
        asked = asked.where(had(wanted.had, _R.extension, _R.offered_at))
    return asked


def _is(figure: RatingFigure, satisfied_from: int) -> ColumnElement[bool]:
    match figure:
        case RatingFigure.OFFERED:
            return true()
        case RatingFigure.ANSWERED:
            return _R.answer.is_not(None)
        case RatingFigure.SATISFIED:
            return _R.answer >= satisfied_from
        case RatingFigure.LOW:
            return _R.answer <= LOW
        case RatingFigure.COMMENTED:
            return _R.comment != ""


def _group(row: Any) -> FigureGroup:
    return FigureGroup(row.line, row.extension, row.category, _figures(row))


def _figures(row: Any) -> RatingFigures:
    return RatingFigures(
        int(row.offered), int(row.answered), int(row.satisfied), int(row.low), int(row.commented), int(row.total)
    )
