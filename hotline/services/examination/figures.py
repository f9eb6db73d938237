"""The figures of quality: scores by operator, item and week, the rules most broken; each with the calls behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import Field

from hotline.domain.errors import Refused
from hotline.domain.examination import figures
from hotline.domain.examination.figures import Broken, FigureFilter, ItemRow, Mean, ScoreRow, ScoreTally, Tallies
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.staff.records import Tenure
from hotline.services.access import require_right
from hotline.services.examination.view import ExaminationPart
from hotline.services.looks import note_look
from hotline.services.staff.names import Holders, holders
from hotline.services.staff.whose import key_of, person_of_key, whose, within
from hotline.settings import Settings
from hotline.storage.examination.figures import QualityRowStore
from hotline.storage.transaction import Storage, Transaction

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
    """`key`: an operator's extension, or person-<id> of who has none any more; or a week: 2026-W47; "" for all."""

    key: str
    name: str
    automatic: MeanView
    automatic_passed: float | None = Field(description="percent of the calls with an automatic score")
    examined: MeanView
    examined_passed: float | None = Field(description="percent of the examined calls")
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
    total: ScoreFigure
    operators: list[ScoreFigure]
    weeks: list[ScoreFigure] = Field(description="the trend, oldest first")
    items: list[ItemFigure] = Field(description="the worst first")
    rules: list[RuleFigure] = Field(description="the most broken first")


def quality_figures(
    storage: Storage,
    settings: Settings,
    since: datetime,
    until: datetime,
    extension: str,
    actor: Actor,
    now: datetime,
    queue: str = "",
    named: bool = True,
    action: str = "quality.figures",
) -> QualityFigures:
    """Of calls begun in [`since`, `until`), of this operator (see `whose`) and queue or ("") of all: an extension that
    changed hands is the former's before and the new one's after. `named`: with the ids of the calls behind. `action`:
    what stands in the audit log. Raises Forbidden, Refused for more than a year."""
    require_right(Act.READ_FIGURES, actor)
    if not since < until or until - since > LONGEST:
        raise Refused("quality.period")
    with storage.reading() as tx:
        wanted = FigureFilter(since, until, queue=queue, had=within(Act.READ_FIGURES, actor, whose(tx, extension, now)))
        found = _Figures(tx, holders(tx, settings), wanted, now, named, actor).all()
    note_look(storage, actor, now, action, f"operator:{extension}" if extension else "operators")
    return found


class _Figures:
    def __init__(
        self, tx: Transaction, known: Holders, wanted: FigureFilter, now: datetime, named: bool, actor: Actor
    ) -> None:
        self._tx, self._rows = tx, QualityRowStore(tx)
        self._known, self._now = known, now
        self._wanted = wanted
        self._named = named
        self._actor = actor

    def all(self) -> QualityFigures:
        wanted = self._wanted
        weeks = {key: (since, until) for key, since, until in figures.weeks(wanted.since, wanted.until)}
        tallies: Tallies = {key: self._tallies(since, until) for key, (since, until) in weeks.items()}
        examined, forms = self._rows.examined(wanted), self._rows.forms_used()
        return QualityFigures(
            since=wanted.since,
            until=wanted.until,
            total=self._score(figures.in_all(tallies, examined, forms), "", wanted),
            operators=[
                self._score(row, self._name(row.key), replace(wanted, had=self._had(row.key)))
                for row in figures.by_operator(tallies, examined, forms, self._key)
            ],
            weeks=[
                self._score(row, row.key, replace(wanted, since=weeks[row.key][0], until=weeks[row.key][1]))
                for row in figures.by_week(tallies, examined, forms)
            ],
            items=[_item(row) for row in figures.by_item(examined, forms)],
            rules=[self._rule(row) for row in figures.most_broken(self._rows.broken(wanted))],
        )

    def _tallies(self, since: datetime, until: datetime) -> dict[str, ScoreTally]:
        """By operator: cut where an extension changed hands, so that each part is one person's."""
        ends = (each.since for each in self._known.tenures if each.since is not None)
        return figures.summed(
            (self._key(extension, begun), tally)
            for begun, ended in figures.cut(since, until, ends)
            for extension, tally in self._rows.tallies(replace(self._wanted, since=begun, until=ended)).items()
        )

    def _key(self, extension: str, at: datetime) -> str:
        return key_of(self._known, extension, at, self._now)

    def _had(self, key: str) -> tuple[Tenure, ...] | None:
        """As far as it is asked for, and theirs to see."""
        return within(Act.READ_FIGURES, self._actor, whose(self._tx, key, self._now))

    def _name(self, key: str) -> str:
        person_id = person_of_key(key)
        name = self._known.names.get(person_id) if person_id is not None else None
        return self._known.name(key, self._now) if name is None else name

    def _score(self, row: ScoreRow, name: str, wanted: FigureFilter) -> ScoreFigure:
        calls = [each.call_id for each in self._rows.scored_calls(wanted, False, MOST_CALLS)] if self._named else []
        return ScoreFigure(
            key=row.key,
            name=name,
            automatic=MeanView(value=row.automatic.mean, count=row.automatic.calls, calls=calls),
            automatic_passed=row.automatic.passed_percent,
            examined=_mean(row.examined),
            examined_passed=row.passed_percent,
            not_passed=_behind(row.below),
        )

    def _rule(self, row: Broken) -> RuleFigure:
        found = self._rows.broken_calls(self._wanted, row.rule, row.kind, MOST_CALLS) if self._named else []
        calls = list(dict.fromkeys(each.call_id for each in found))
        return RuleFigure(
            rule=row.rule, kind=row.kind, breaches=row.breaches, calls=CallsBehind(count=row.calls, calls=calls)
        )


def _item(row: ItemRow) -> ItemFigure:
    return ItemFigure(item=row.item, name=row.name, rule=row.rule, percent=_mean(row.percent), lost=_behind(row.lost))


def _behind(calls: Sequence[int]) -> CallsBehind:
    return CallsBehind(count=len(calls), calls=list(calls[:MOST_CALLS]))


def _mean(mean: Mean) -> MeanView:
    return MeanView(value=mean.value, count=len(mean.calls), calls=list(mean.calls[:MOST_CALLS]))
