"""Ratings for other systems, and the operator's hand-over (E9)."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.rights.acts import Act
from hotline.domain.satisfaction.figures import By, RatingFigures
from hotline.services.satisfaction.handing_over import hand_over
from hotline.services.satisfaction.report import (
    AskedReport,
    FigureRow,
    QuestionnaireRow,
    RatingRow,
    rating_report,
    rows_behind,
)
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.in_turn import in_turn
from hotline.web.operators.api import own_extension
from hotline.web.operators.schemas import CallPath, Nothing
from hotline.web.satisfaction.schemas import (
    OpinionsView,
    QuestionnaireFigures,
    RatingFigureRow,
    RatingFiguresView,
    RatingReportView,
    RatingRowsQuery,
    RatingRowsView,
    RatingTime,
    RatingView,
    TogetherView,
)

_TAG = Tag(name="satisfaction", description="What callers say of calls (E9)")

#: In a query: calls without a category.
_NO_CATEGORY = "-"


def register(api: APIBlueprint) -> None:
    api.post("/console/calls/<int:call_id>/hand-over", tags=[_TAG], **stated(None, 404, 409))(hand_caller_over)
    api.get("/satisfaction", tags=[_TAG], **stated(RatingReportView))(report)
    api.get("/satisfaction/rows", tags=[_TAG], **stated(RatingRowsView))(rows)


@may_api(Act.HAND_TO_RATING)
def hand_caller_over(path: CallPath, body: Nothing) -> tuple[str, int]:
    """End my talk: the caller goes on to say by a key how it was. Refused where the call's line asks nothing."""
    context = web()
    parts = (context.storage, context.settings, context.pbx)
    hand_over(*parts, path.call_id, actor(), own_extension(), context.now())
    return "", 204


@may_api(Act.SEE_RATINGS)
@in_turn
def report(query: RatingTime) -> Response:
    """Of callers who were asked in the time; of mine, of those whom I lead, or of all."""
    found = rating_report(web().storage, web().settings, _asked(query), actor(), web().now())
    handled, together = found.handled, found.opinions
    return answer(
        RatingReportView(
            total=_figures(found.total),
            target=found.target,
            satisfied_from=found.satisfied_from,
            lines=[_row(each) for each in found.by[By.LINE]],
            operators=[_row(each) for each in found.by[By.OPERATOR]],
            categories=[_row(each) for each in found.by[By.CATEGORY]],
            opinions=OpinionsView(opened=handled.opened, handled=handled.handled, percent=handled.percent)
            if handled
            else None,
            questionnaires=[_replies(each) for each in found.questionnaires],
            together=TogetherView.model_validate(together, from_attributes=True) if handled else None,
        )
    )


@may_api(Act.SEE_RATINGS)
def rows(query: RatingRowsQuery) -> Response:
    """What a figure counts, the newest first."""
    context = web()
    found = rows_behind(
        context.storage,
        context.settings,
        query.figure,
        _asked(query),
        actor(),
        context.now(),
        query.limit,
        query.offset,
    )
    return answer(RatingRowsView(rows=[_rating(each) for each in found]))


def _asked(query: RatingTime) -> AskedReport:
    category = "" if query.category == _NO_CATEGORY else query.category or None
    return AskedReport(query.since, query.until, query.line or None, category, query.operator)


def _figures(of: RatingFigures) -> RatingFiguresView:
    return RatingFiguresView(**{name: getattr(of, name) for name in RatingFiguresView.model_fields})


def _replies(row: QuestionnaireRow) -> QuestionnaireFigures:
    names = [name for name in QuestionnaireFigures.model_fields if name != "code"]
    return QuestionnaireFigures(code=row.questionnaire.code, **{name: getattr(row.figures, name) for name in names})


def _row(row: FigureRow) -> RatingFigureRow:
    return RatingFigureRow(key=row.key, name=row.name, figures=_figures(row.figures))


def _rating(row: RatingRow) -> RatingView:
    of_call: dict[str, Any] = {"call_id": row.call_id, "operator": row.operator, "category": row.category}
    rest = {name: getattr(row.rating, name) for name in RatingView.model_fields if name not in of_call}
    return RatingView(**of_call, **rest)
