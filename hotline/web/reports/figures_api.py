"""Figures for other systems (F1)."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.ids import parse_id
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.scope import Scope, Value
from hotline.domain.rights.acts import Act
from hotline.services.reports.asking import see_figures, see_rows
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.in_turn import in_turn
from hotline.web.reports.figure_schemas import (
    FigurePath,
    FigureQuery,
    FigureRowsQuery,
    FigureRowsView,
    FigureScope,
    FigureSlice,
    FiguresView,
    FigureValue,
)

_TAG = Tag(name="reports", description="The figures of the data dictionary (F1)")


def register(api: APIBlueprint) -> None:
    api.get("/reports/figures", tags=[_TAG], **stated(FiguresView, 404))(reported_figures)
    api.get("/reports/figures/<string:name>/rows", tags=[_TAG], **stated(FigureRowsView, 404))(figure_rows)


@may_api(Act.SEE_REPORTS)
@in_turn
def reported_figures(query: FigureQuery) -> Response:
    """Of all, of those whom I lead, or of mine: then figures that are a person's alone."""
    context = web()
    found = see_figures(
        context.storage, context.settings, _scope(query), _parts(query.names), query.by, actor(), context.now()
    )
    slices = [FigureSlice(key=each.key, figures=_shown(each.values)) for each in found.slices]
    return answer(FiguresView(figures=_shown(found.values), slices=slices))


@may_api(Act.SEE_REPORTS)
@in_turn
def figure_rows(path: FigurePath, query: FigureRowsQuery) -> Response:
    """What the figure is made of: ids, no numbers of callers and no words."""
    context = web()
    found = see_rows(
        context.storage, context.settings, _scope(query), path.name, query.limit, query.offset, actor(), context.now()
    )
    return answer(FigureRowsView(kind=found.kind, ids=list(found.ids)))


def _scope(query: FigureScope) -> Scope:
    return Scope(
        query.since,
        query.until,
        lines=tuple(_parts(query.line)),
        queues=tuple(_parts(query.queue)),
        people=_ids(query.person),
        subjects=tuple(_parts(query.subject)),
        regions=tuple(_parts(query.region)),
        departments=_ids(query.department),
        menus=tuple(_parts(query.menu)),
        menu_choices=tuple(_parts(query.menu_choice)),
        menu_versions=tuple(_parts(query.menu_version)),
    )


def _ids(text: str) -> tuple[int, ...]:
    """What is no id is nobody's: it finds nothing, as an id that nobody has."""
    return tuple(parse_id(each) or 0 for each in _parts(text))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _shown(values: Mapping[str, Value]) -> dict[str, FigureValue]:
    return {
        name: FigureValue(value=found.value, of=found.of, unit=FIGURES[name].unit.value)
        for name, found in values.items()
    }
