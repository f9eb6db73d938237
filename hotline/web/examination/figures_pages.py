"""The figures of quality with charts, and the calls behind each number; as a table to take along (F8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext

from hotline.domain.examination.figures import FigureFilter
from hotline.domain.rights.acts import Act
from hotline.services.examination.figure_calls import OF, FigureQuestion, figure_calls
from hotline.services.examination.figures import QualityFigures, RuleFigure, ScoreFigure, quality_figures
from hotline.web.examination.figures_table import figures_table
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.asked import choice
from hotline.web.kit.context import web
from hotline.web.kit.downloads import table_file, table_route
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.period import PERIODS, Period, read_period
from hotline.web.kit.query import clean
from hotline.web.kit.who import asked_operators
from hotline.web.quality.words import finding_name

blueprint = Blueprint("quality_figures", __name__)


@dataclass(frozen=True)
class AskedFigures:
    """Whose figures, of when."""

    period: Period
    operator: str
    queue: str

    @property
    def filter(self) -> FigureFilter:
        return FigureFilter(self.period.since, self.period.until, self.operator, self.queue)

    @property
    def who(self) -> dict[str, Any]:
        values = {"operator": self.operator, "queue": self.queue}
        return {name: value for name, value in values.items() if value}

    @property
    def active(self) -> dict[str, str]:
        """As it stands in an address."""
        return {**self.period.active, **self.who}

    def at(self, period: Period) -> dict[str, str]:
        """The same of another time."""
        return {**period.active, **self.who}

    def by(self, kind: str) -> dict[str, str]:
        """The same of the week, month or quarter with the last of these days; or from day to day."""
        days = self.period.days if kind == "days" else {"day": self.period.last.isoformat()}
        return {"period": kind, **days, **self.who}


def _asked() -> AskedFigures:
    settings = web().settings
    return AskedFigures(
        read_period(request.args, web().now()),
        choice(request.args, "operator", asked_operators()),
        choice(request.args, "queue", settings.queues),
    )


@blueprint.get("/quality")
@may(Act.READ_FIGURES)
def index() -> str:
    asked = _asked()
    found = _figures(asked, "quality.figures")
    links = _Links(asked)
    return render_template(
        "examination/figures.html",
        asked=asked,
        periods=PERIODS,
        figures=found,
        links=links,
        data=_chart_data(found, links),
        operators=asked_operators(),
        queues=web().settings.queues,
    )


@table_route(blueprint, "/quality/figures")
@may(Act.READ_FIGURES)
def export(ending: str) -> Response:
    """The figures of the page as a table."""
    asked = _asked()
    lines = figures_table(_figures(asked, "quality.export"))
    return table_file(lines, f"quality-{asked.period.first:%Y%m%d}-{asked.period.last:%Y%m%d}", ending)


@blueprint.get("/quality/calls")
@may(Act.READ_FIGURES)
def calls() -> str:
    """The calls behind a figure: those that broke a rule with value, limit and second, or those with a score."""
    asked, page = _asked(), page_asked(request.args, MAX_PAGE)
    rule, kind, item = (clean(request.args.get(name, ""), 32) for name in ("rule", "kind", "item"))
    of = choice(request.args, "of", OF, "automatic")
    context = web()
    found = figure_calls(
        context.storage,
        asked.filter,
        FigureQuestion(of, rule, kind, item),
        actor(),
        context.now(),
        PAGE_SIZE,
        (page - 1) * PAGE_SIZE,
    )
    active = {**asked.period.days, **asked.who, **({"rule": rule} if rule else {"of": of})}
    active |= {key: value for key, value in (("kind", kind), ("item", item)) if value}
    return render_template(
        "examination/calls.html",
        asked=asked,
        calls=found.calls,
        total=found.total,
        rule=rule,
        kind=kind,
        of=of,
        item_name=found.item_name,
        examined=found.examined,
        active=active,
        page=page,
        pages=-(-found.total // PAGE_SIZE),
        operators=asked_operators(),
    )


def _figures(asked: AskedFigures, action: str) -> QualityFigures:
    context = web()
    return quality_figures(
        context.storage,
        context.settings,
        asked.period.since,
        asked.period.until,
        asked.operator,
        actor(),
        context.now(),
        asked.queue,
        named=False,
        action=action,
    )


class _Links:
    """The addresses of the calls behind each figure."""

    def __init__(self, asked: AskedFigures) -> None:
        self._asked = asked

    def scored(self, of: str, operator: str = "", week: str = "") -> str:
        asked = replace(self._asked, operator=operator or self._asked.operator)
        return url_for("quality_figures.calls", of=of, **(self._week(week) if week else asked.period.days), **asked.who)

    def lost(self, item: str) -> str:
        return url_for("quality_figures.calls", of="lost", item=item, **self._asked.period.days, **self._asked.who)

    def rule(self, rule: RuleFigure) -> str:
        return url_for(
            "quality_figures.calls", rule=rule.rule, kind=rule.kind, **self._asked.period.days, **self._asked.who
        )

    def _week(self, week: str) -> dict[str, Any]:
        """The week's days, as far as they lie within the period."""
        monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
        period = self._asked.period
        return {
            "since": max(monday, period.first).isoformat(),
            "until": min(monday + timedelta(days=6), period.last).isoformat(),
        }


def _chart_data(found: QualityFigures, links: _Links) -> Mapping[str, object]:
    return {
        "operators": [
            _score_bar(
                each,
                asked_operators().get(each.key, f"{each.name} {each.key}".strip()),
                links.scored("automatic", each.key),
                links.scored("examined", each.key),
            )
            for each in found.operators
        ],
        "weeks": [
            {
                **_score_bar(
                    each, each.key, links.scored("automatic", week=each.key), links.scored("examined", week=each.key)
                ),
                "passed": each.automatic_passed,
                "passed_url": links.scored("below", week=each.key),
            }
            for each in found.weeks
        ],
        "items": [
            {"name": f"{each.rule} {each.name}".strip(), "value": each.percent.value, "url": links.lost(each.item)}
            for each in found.items
        ],
        "rules": [
            {"name": f"{each.rule} {finding_name(each.kind)}", "value": each.breaches, "url": links.rule(each)}
            for each in found.rules
        ],
        "words": {
            "automatic": gettext("Automatic score"),
            "examined": gettext("Score by examiners"),
            "passed": gettext("Share passed in percent"),
            "breaches": gettext("Breaches"),
            "percent": gettext("Points in percent of the weight"),
            "none": gettext("Nothing in this time"),
        },
    }


def _score_bar(each: ScoreFigure, name: str, automatic_url: str, examined_url: str) -> dict[str, object]:
    return {
        "name": name,
        "automatic": each.automatic.value,
        "examined": each.examined.value,
        "automatic_url": automatic_url,
        "examined_url": examined_url,
    }
