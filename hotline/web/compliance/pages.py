"""All rules with how far they are kept, and one rule with its breaches, exceptions and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext

from hotline.domain.compliance.counts import Count, WeekCount
from hotline.domain.rights.acts import Act
from hotline.domain.rules.limits import Mark
from hotline.domain.rules.rule import Kind, Regulation
from hotline.services.compliance.detail import RuleDetail, rule_detail
from hotline.services.compliance.overview import RuleKept, rules_kept
from hotline.services.settings.view import RuleShown, figures_in_force
from hotline.web.compliance.asked import GROUPS, AskedPage
from hotline.web.compliance.labels import CONTEST_STATES, KINDS, MARKS
from hotline.web.compliance.spark import spark
from hotline.web.compliance.worked import worked_at
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.in_turn import in_turn
from hotline.web.kit.paging import MAX_PAGE, page_asked
from hotline.web.kit.period import PERIODS
from hotline.web.kit.rules import in_language
from hotline.web.kit.shown import line_name
from hotline.web.kit.spark import HEIGHT, WIDTH
from hotline.web.settings.labels import CHAPTERS
from hotline.web.settings.values import value_shown
from hotline.web.settings.weeks import figure_name, figures_shown

blueprint = Blueprint("rule_results", __name__, url_prefix="/reports/rules")

#: A chart shows days up to so many, weeks beyond.
MOST_DAYS = 62
#: Shown at once.
BREACHES = 20
_A_MOMENT = timedelta(microseconds=1)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return words()


def words() -> dict[str, Any]:
    """What the templates of this feature are given."""
    return {
        "in_language": in_language,
        "marks": MARKS,
        "kinds": KINDS,
        "contest_states": CONTEST_STATES,
        "settings_lines": list(web().settings.lines),
        "chapters": CHAPTERS,
        "spark": spark,
        "spark_size": (WIDTH, HEIGHT),
        "periods": PERIODS,
        "worked_at": worked_at,
        "figure_name": figure_name,
        "figures_shown": figures_shown,
        "value_shown": value_shown,
    }


def figures_then(asked: AskedPage) -> Mapping[str, RuleShown]:
    """By rule: the figures in force at the end of the period, or now where it goes on."""
    context = web()
    return figures_in_force(context.in_force, context.now(), min(context.now(), asked.period.until - _A_MOMENT))


@dataclass(frozen=True)
class Group:
    """`code`: for the id of its heading."""

    code: str
    name: str
    rules: Sequence[RuleKept]


def _asked() -> AskedPage:
    return AskedPage.read(request.args, web().settings.lines, web().now())


@blueprint.get("")
@may(Act.SEE_VERDICTS)
@in_turn
def index() -> str:
    context, asked = web(), _asked()
    figures = figures_then(asked)
    found = rules_kept(context.in_force, asked.of_service, actor(), context.now())
    shown = [each for each in found.rules if asked.wants(each)]
    return render_template(
        "compliance/rules.html",
        asked=asked,
        found=found,
        shown=shown,
        counts={mark: sum(each.mark is mark for each in found.rules) for mark in Mark},
        groups=list(_GROUPED[asked.group](shown)),
        figures=figures,
        all_kinds=list(Kind),
        all_groups=GROUPS,
    )


@blueprint.get("/<string:rule>")
@may(Act.SEE_VERDICTS)
@in_turn
def show(rule: str) -> str:
    context, asked, page = web(), _asked(), page_asked(request.args, MAX_PAGE)
    detail = rule_detail(
        context.in_force, rule, asked.of_service, actor(), context.now(), BREACHES, (page - 1) * BREACHES
    )
    rows, by_day = chart_rows(detail)
    return render_template(
        "compliance/rule.html",
        asked=asked,
        rule=detail.kept.rule,
        detail=detail,
        rows=rows,
        by_day=by_day,
        data={
            "rows": [_drawn(each) for each in rows],
            "words": {"rate": gettext("Kept (%)"), "broken": gettext("Broken"), "none": gettext("Nothing judged")},
            "red": detail.kept.limits.red,
            "yellow": detail.kept.limits.yellow,
        },
        person_name=lambda key: _person_name(detail, key),
        line_name=_line_name,
        page=page,
        pages=-(-detail.all_breaches // BREACHES),
    )


@dataclass(frozen=True)
class ChartRow:
    """`first`: its day, or the Monday of its week."""

    first: date
    count: Count


def chart_rows(detail: RuleDetail) -> tuple[list[ChartRow], bool]:
    """By day where the period is short, else by week; and whether it is by day."""
    asked = detail.asked
    if (asked.last - asked.first).days < MOST_DAYS:
        return [ChartRow(day, count) for day, count in detail.days.items()], True
    weeks: Iterable[WeekCount] = (week for week in detail.kept.weeks if week.count != Count())
    return [ChartRow(week.monday, week.count) for week in weeks], False


def _drawn(row: ChartRow) -> dict[str, Any]:
    return {"name": f"{row.first:%m-%d}", "rate": row.count.rate, "broken": row.count.broken}


def _by_chapter(rules: Sequence[RuleKept]) -> Iterator[Group]:
    for letter, name in CHAPTERS.items():
        some = [each for each in rules if each.rule.chapter == letter]
        if some:
            yield Group(letter, f"{letter} {name}", some)


def _by_regulation(rules: Sequence[RuleKept]) -> Iterator[Group]:
    """A rule that stands in several stands below each of them."""
    for place, regulation in enumerate(Regulation):
        some = [each for each in rules if any(source.regulation is regulation for source in each.rule.sources)]
        if some:
            yield Group(f"r{place}", f"《{regulation}》", some)
    ours = [each for each in rules if not each.rule.sources]
    if ours:
        yield Group("ours", gettext("Ours"), ours)


_GROUPED: dict[str, Callable[[Sequence[RuleKept]], Iterator[Group]]] = {
    "chapter": _by_chapter,
    "regulation": _by_regulation,
}


def _person_name(detail: RuleDetail, key: str) -> str:
    if not key:
        return gettext("nobody in particular")
    return detail.people.get(int(key), f"#{key}")


def _line_name(key: str) -> str:
    return line_name(key) or key or gettext("no line")
