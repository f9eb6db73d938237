"""The figures of quality: scores by operator, item and week, the rules most broken; each with the calls behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import Field

from hotline.domain.examination import figures
from hotline.domain.examination.figures import ItemRow, Mean, RuleRow, ScoreRow
from hotline.domain.records import Actor
from hotline.services.errors import Refused
from hotline.services.examination_rights import READING, require_role
from hotline.services.examination_views import ExaminationPart, operator_name
from hotline.services.ports import Storage
from hotline.settings import Settings

#: A longer time is asked for in parts.
LONGEST = timedelta(days=366)
#: Calls named behind one figure; there may be more.
MOST_CALLS = 200


class CallsBehind(ExaminationPart):
    """`calls`: ids in the ledger, newest first, at most 200 of `count`."""

    count: int
    calls: list[int]


class MeanView(CallsBehind):
    value: float | None = Field(description="null: none of the calls has a score")


class ScoreFigure(ExaminationPart):
    """`key`: an operator's extension, or a week: 2026-W47."""

    key: str
    name: str
    automatic: MeanView
    examined: MeanView
    not_passed: CallsBehind


class ItemFigure(ExaminationPart):
    item: str
    name: str
    rule: str
    percent: MeanView = Field(description="of the item's weight, over the examined calls that it applies to")
    lost: CallsBehind = Field(description="calls that lost points")


class RuleFigure(ExaminationPart):
    rule: str
    kind: str
    breaches: int
    calls: CallsBehind


class QualityFigures(ExaminationPart):
    since: datetime
    until: datetime
    operators: list[ScoreFigure]
    weeks: list[ScoreFigure] = Field(description="the trend, oldest first")
    items: list[ItemFigure] = Field(description="the worst first")
    rules: list[RuleFigure] = Field(description="the most broken first")


def quality_figures(
    storage: Storage, settings: Settings, since: datetime, until: datetime, extension: str, who: Actor, now: datetime
) -> QualityFigures:
    """Of calls begun in [`since`, `until`), of this operator or ("") of all. Raises Forbidden, Refused for more than a
    year."""
    require_role(who, *READING)
    if not since < until or until - since > LONGEST:
        raise Refused("a time of at most 366 days that ends after it begins was expected")
    with storage.writing() as work:
        scored = work.quality_rows.scored(since, until, extension)
        examined = work.quality_rows.examined(since, until, extension)
        broken = work.quality_rows.broken(since, until, extension)
        forms = work.quality_rows.forms_used()
        work.audit.add(now, who.name, "quality.figures", f"operator:{extension}" if extension else "operators")
    return QualityFigures(
        since=since,
        until=until,
        operators=[_score(row, operator_name(settings, row.key))
                   for row in figures.by_operator(scored, examined, forms)],
        weeks=[_score(row, row.key) for row in figures.by_week(scored, examined, forms)],
        items=[_item(row) for row in figures.by_item(examined, forms)],
        rules=[_rule(row) for row in figures.most_broken(broken)],
    )


def _score(row: ScoreRow, name: str) -> ScoreFigure:
    return ScoreFigure(key=row.key, name=name, automatic=_mean(row.automatic), examined=_mean(row.examined),
                       not_passed=_behind(row.below))


def _item(row: ItemRow) -> ItemFigure:
    return ItemFigure(item=row.item, name=row.name, rule=row.rule, percent=_mean(row.percent), lost=_behind(row.lost))


def _rule(row: RuleRow) -> RuleFigure:
    return RuleFigure(rule=row.rule, kind=row.kind, breaches=row.breaches, calls=_behind(row.calls))


def _behind(calls: Sequence[int]) -> CallsBehind:
    return CallsBehind(count=len(calls), calls=list(calls[:MOST_CALLS]))


def _mean(mean: Mean) -> MeanView:
    return MeanView(value=mean.value, count=len(mean.calls), calls=list(mean.calls[:MOST_CALLS]))
