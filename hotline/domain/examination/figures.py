"""Figures of quality: scores by operator, item and week, and the rules most broken. Pure.

What every measured call brings is summed by the store, week by week; examined calls are few and come one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import fmean

from hotline.domain.examination.score import FULL, Points, ScoreForm
from hotline.domain.months import monday_of
from hotline.domain.shares import percent
from hotline.domain.staff.records import Tenure
from hotline.domain.time import SHANGHAI, midnight


@dataclass(frozen=True, slots=True)
class ScoreTally:
    """Calls with an automatic score: `calls` measured, of them `scored`, these with `points` together, and `passed`."""

    calls: int = 0
    scored: int = 0
    points: float = 0.0
    passed: int = 0

    def __add__(self, other: ScoreTally) -> ScoreTally:
        return ScoreTally(
            self.calls + other.calls, self.scored + other.scored, self.points + other.points, self.passed + other.passed
        )

    @property
    def mean(self) -> float | None:
        return round(self.points / self.scored, 1) if self.scored else None

    @property
    def passed_percent(self) -> float | None:
        return percent(self.passed, self.scored)


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule broken so that it counts: so many times on so many calls."""

    rule: str
    kind: str
    breaches: int
    calls: int


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
class FigureFilter:
    """Whose figures: calls begun in [`since`, `until`), of an operator and from a queue; "" means any. `had`: in place
    of `extension`, of calls at these extensions in these times; None: of any."""

    since: datetime
    until: datetime
    extension: str = ""
    queue: str = ""
    had: tuple[Tenure, ...] | None = None


@dataclass(frozen=True, slots=True)
class MeasuredCall:
    """A call behind a figure; of the rule that is asked for, else of the score. `second`: where it is heard."""

    call_id: int
    extension: str
    called_at: datetime
    score: float | None = None
    rule: str = ""
    kind: str = ""
    value: float | None = None
    limit: float | None = None
    second: float | None = None
    until_second: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mean:
    """Of so many calls; `value` None where none has a score."""

    value: float | None
    calls: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """Of an operator or of a week. `below`: the calls examined and not passed."""

    key: str
    automatic: ScoreTally
    examined: Mean
    below: tuple[int, ...]

    @property
    def passed_percent(self) -> float | None:
        """Of the examined calls."""
        number = len(self.examined.calls)
        return percent(number - len(self.below), number)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Of an item of a form: the points given in percent of the weight, and the calls that lost any."""

    item: str
    name: str
    rule: str
    percent: Mean
    lost: tuple[int, ...]


#: By week and operator.
Tallies = Mapping[str, Mapping[str, ScoreTally]]
#: By what an operator is asked for: of the extension at that moment.
Keyed = Callable[[str, datetime], str]


def iso_week(moment: datetime) -> str:
    """2026-W47: the Shanghai day's."""
    year, week, _day = moment.astimezone(SHANGHAI).isocalendar()
    return f"{year}-W{week:02}"


def weeks(since: datetime, until: datetime) -> list[tuple[str, datetime, datetime]]:
    """[`since`, `until`) cut at each Monday's first moment in Shanghai: week, from, to."""
    found = []
    start = since
    while start < until:
        day = start.astimezone(SHANGHAI).date()
        end = min(midnight(monday_of(day) + timedelta(days=7)), until)
        found.append((iso_week(start), start, end))
        start = end
    return found


def cut(since: datetime, until: datetime, moments: Iterable[datetime]) -> list[tuple[datetime, datetime]]:
    """[`since`, `until`) cut at those of these moments that lie within."""
    ends = sorted({each for each in moments if since < each < until})
    return list(zip((since, *ends), (*ends, until), strict=True))


def summed(tallies: Iterable[tuple[str, ScoreTally]]) -> dict[str, ScoreTally]:
    found: dict[str, ScoreTally] = defaultdict(ScoreTally)
    for key, tally in tallies:
        found[key] += tally
    return found


def by_operator(
    tallies: Tallies, examined: Sequence[Examined], forms: Mapping[int, ScoreForm], key: Keyed
) -> list[ScoreRow]:
    every = summed(pair for of_week in tallies.values() for pair in of_week.items())
    return _score_rows(every, examined, forms, lambda row: key(row.extension, row.called_at))


def by_week(tallies: Tallies, examined: Sequence[Examined], forms: Mapping[int, ScoreForm]) -> list[ScoreRow]:
    """Oldest first: the trend. Weeks without any call are left out."""
    weekly = {week: sum(of_week.values(), ScoreTally()) for week, of_week in tallies.items() if of_week}
    return _score_rows(weekly, examined, forms, lambda row: iso_week(row.called_at))


def in_all(tallies: Tallies, examined: Sequence[Examined], forms: Mapping[int, ScoreForm]) -> ScoreRow:
    every = sum((tally for of_week in tallies.values() for tally in of_week.values()), ScoreTally())
    return _score_rows({"": every}, examined, forms, lambda _row: "")[0]


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
        ItemRow(
            id,
            known[id].name,
            known[id].rule,
            _mean(each),
            tuple(dict.fromkeys(call for call, percent in each if percent < FULL)),
        )
        for id, each in given.items()
    ]
    return sorted(rows, key=lambda row: (row.percent.value or 0.0, row.item))


def most_broken(broken: Iterable[Broken]) -> list[Broken]:
    """The most often broken first."""
    return sorted(broken, key=lambda row: (-row.breaches, row.rule, row.kind))


def is_below(row: Examined, forms: Mapping[int, ScoreForm]) -> bool:
    """Examined and not passed."""
    form = forms.get(row.score_form_id)
    return form is not None and row.score is not None and row.score < form.pass_line


def lost_points(row: Examined, item: str, forms: Mapping[int, ScoreForm]) -> bool:
    weight = (
        next((each.weight for each in forms[row.score_form_id].items if each.id == item), None)
        if row.score_form_id in forms
        else None
    )
    points = row.points.get(item)
    return weight is not None and points is not None and points < weight


def _score_rows(
    tallies: Mapping[str, ScoreTally],
    examined: Sequence[Examined],
    forms: Mapping[int, ScoreForm],
    key: Callable[[Examined], str],
) -> list[ScoreRow]:
    by_hand: dict[str, list[Examined]] = defaultdict(list)
    for row in examined:
        by_hand[key(row)].append(row)
    return [
        ScoreRow(
            name,
            tallies.get(name, ScoreTally()),
            _mean([(row.call_id, row.score) for row in by_hand.get(name, ())]),
            tuple(row.call_id for row in by_hand.get(name, ()) if is_below(row, forms)),
        )
        for name in sorted({*tallies, *by_hand})
    ]


def _mean(values: Sequence[tuple[int, float | None]]) -> Mean:
    known = [value for _call, value in values if value is not None]
    return Mean(round(fmean(known), 1) if known else None, tuple(dict.fromkeys(call for call, _value in values)))
