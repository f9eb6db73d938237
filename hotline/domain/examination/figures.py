"""Figures of quality: scores by operator, item and week, and the rules most broken, each with the calls behind it.
Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import fmean
from typing import TypeVar

from hotline.domain.examination.score import FULL, Points, ScoreForm
from hotline.domain.time import SHANGHAI


@dataclass(frozen=True, slots=True)
class Scored:
    """A call's automatic score; `call_id`: its row in the ledger."""

    call_id: int
    extension: str
    called_at: datetime
    score: float | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule broken on a call, so that it counts."""

    call_id: int
    extension: str
    called_at: datetime
    rule: str
    kind: str


@dataclass(frozen=True, slots=True)
class Examined:
    """A call's published examination with what an appeal changed."""

    call_id: int
    examination_id: int
    extension: str
    called_at: datetime
    score_form_id: int
    points: Points = field(hash=False)
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Mean:
    """Of so many calls; `value` None where none has a score."""

    value: float | None
    calls: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """Of an operator or of a week. `below`: the calls examined and not passed."""

    key: str
    automatic: Mean
    examined: Mean
    below: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Of an item of a form: the points given in percent of the weight, and the calls that lost any."""

    item: str
    name: str
    rule: str
    percent: Mean
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    rule: str
    kind: str
    breaches: int
    calls: tuple[int, ...]


Row = TypeVar("Row", Scored, Broken, Examined)


def iso_week(moment: datetime) -> str:
    """2026-W47: the Shanghai day's."""
    year, week, _day = moment.astimezone(SHANGHAI).isocalendar()
    return f"{year}-W{week:02}"


def by_operator(scored: Sequence[Scored], examined: Sequence[Examined], forms: Mapping[int, ScoreForm]) -> list[
        ScoreRow]:
    return _score_rows(scored, examined, forms, lambda row: row.extension)


def by_week(scored: Sequence[Scored], examined: Sequence[Examined], forms: Mapping[int, ScoreForm]) -> list[ScoreRow]:
    """Oldest first: the trend."""
    return _score_rows(scored, examined, forms, lambda row: iso_week(row.called_at))


def by_item(examined: Sequence[Examined], forms: Mapping[int, ScoreForm]) -> list[ItemRow]:
    """Items of the same id are one, whatever the form's version; the worst first."""
    given: dict[str, list[tuple[int, float]]] = defaultdict(list)
    known = {item.id: item for form_id in sorted(forms) for item in forms[form_id].items}
    for row in examined:
        for item in forms[row.score_form_id].items if row.score_form_id in forms else ():
            points = row.points.get(item.id)
            if points is not None:
                given[item.id].append((row.call_id, FULL * points / item.weight))
    rows = [
        ItemRow(id, known[id].name, known[id].rule, _mean(each),
                tuple(dict.fromkeys(call for call, percent in each if percent < FULL)))
        for id, each in given.items()
    ]
    return sorted(rows, key=lambda row: (row.percent.value or 0.0, row.item))


def most_broken(broken: Iterable[Broken]) -> list[RuleRow]:
    """The most often broken first."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in broken:
        found[each.rule, each.kind].append(each.call_id)
    rows = [RuleRow(rule, kind, len(calls), tuple(dict.fromkeys(calls))) for (rule, kind), calls in found.items()]
    return sorted(rows, key=lambda row: (-row.breaches, row.rule, row.kind))


def _score_rows(scored: Sequence[Scored], examined: Sequence[Examined], forms: Mapping[int, ScoreForm],
                key: Callable[[Scored | Examined], str]) -> list[ScoreRow]:
    automatic, by_hand = _grouped(scored, key), _grouped(examined, key)
    return [
        ScoreRow(
            name,
            _mean([(row.call_id, row.score) for row in automatic.get(name, ())]),
            _mean([(row.call_id, row.score) for row in by_hand.get(name, ())]),
            tuple(row.call_id for row in by_hand.get(name, ()) if _is_below(row, forms)),
        )
        for name in sorted({*automatic, *by_hand})
    ]


def _is_below(row: Examined, forms: Mapping[int, ScoreForm]) -> bool:
    form = forms.get(row.score_form_id)
    return form is not None and row.score is not None and row.score < form.pass_line


def _grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _mean(values: Sequence[tuple[int, float | None]]) -> Mean:
    known = [value for _call, value in values if value is not None]
    return Mean(round(fmean(known), 1) if known else None, tuple(dict.fromkeys(call for call, _value in values)))
