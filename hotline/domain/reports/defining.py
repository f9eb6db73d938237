"""How the catalogue writes its figures down."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.domain.reports.figure import Attribution, Better, Figure, How, Taken, Text, Unit
from hotline.domain.reports.scope import DAYS, TIMES, Axis

WHOSE = frozenset({Axis.LINE, Axis.QUEUE, Axis.PERSON, Axis.SUBJECT, Axis.REGION})
#: Of a call.
CALLS = TIMES | WHOSE
#: Of a person's day.
PERSON_DAYS = DAYS | {Axis.PERSON}
LINE_DAYS = DAYS | {Axis.LINE}
#: Of a case.
CASES = DAYS | {Axis.PERSON, Axis.SUBJECT, Axis.REGION, Axis.DEPARTMENT, Axis.CASE_KIND, Axis.SEVERITY}
#: Of a menu that a call heard.
MENUS = TIMES | {Axis.LINE, Axis.MENU, Axis.MENU_CHOICE, Axis.MENU_VERSION}

COUNT, PERCENT, SECONDS = Unit.COUNT, Unit.PERCENT, Unit.SECONDS
HIGH, LOW, NEITHER = Better.HIGH, Better.LOW, Better.NEITHER


@dataclass(frozen=True, slots=True)
class Group:
    """What the figures that are counted from the same rows share."""

    counts: Text
    left_out: Text
    attribution: Attribution
    axes: frozenset[Axis]

    def figure(
        self,
        name: str,
        number: int,
        title: tuple[str, str],
        meaning: tuple[str, str],
        formula: tuple[str, str],
        unit: Unit,
        better: Better,
        taken: Taken,
        rows: str = "",
        axes: frozenset[Axis] | None = None,
        left_out: tuple[str, str] | None = None,
    ) -> Figure:
        return Figure(
            name,
            number,
            Text(*title),
            Text(*meaning),
            Text(*formula),
            self.counts,
            Text(*left_out) if left_out else self.left_out,
            unit,
            self.attribution,
            better,
            self.axes if axes is None else axes,
            taken,
            rows or taken.top[0].removeprefix("-"),
        )


def named(
    group: Group,
    name: str,
    number: int,
    title: tuple[str, str],
    formula: tuple[str, str],
    taken: Taken,
    unit: Unit = PERCENT,
    better: Better = HIGH,
    axes: frozenset[Axis] | None = None,
) -> Figure:
    """What it means is what it is called."""
    return group.figure(name, number, title, title, formula, unit, better, taken, axes=axes)


def sum_of(*top: str, scale: float = 1.0) -> Taken:
    return Taken(How.SUM, top, scale=scale)


def share(top: str | tuple[str, ...], bottom: str | tuple[str, ...], scale: float = 100.0, plus: float = 0.0) -> Taken:
    """In percent, unless scaled otherwise."""
    return Taken(How.RATIO, _names(top), _names(bottom), scale, plus)


def mean_seconds(top: str | tuple[str, ...], bottom: str | tuple[str, ...]) -> Taken:
    """Of a measure in milliseconds."""
    return share(top, bottom, 0.001)


def of_all(top: str, bottom: str, scale: float) -> Taken:
    """Along axes that `bottom` does not know too: there it is all that there was."""
    return Taken(How.RATIO, (top,), (bottom,), scale, of_all=True)


def at_rank(span: str, percent: int) -> Taken:
    return Taken(How.PERCENTILE, (span,), share=percent)


def longest(span: str) -> Taken:
    return Taken(How.LONGEST, (span,))


def _names(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names
