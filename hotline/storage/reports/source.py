"""What is known of rows that figures are counted from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hotline.domain.reports.scope import Axis
from hotline.storage.reports.dialect import Dialect

Sum = tuple[str, str]


@dataclass(frozen=True)
class Source:
    """`rows`: SQL of rows with id, at (not with `by_day`), day, line, person_id, subject, region, and what the measures
    need. `measures`: which rows, and what of each; `spans`: the same of milliseconds. `kind`: what its rows are.
    `by_day`: it knows whole days alone. `in_order`: an index has all that is asked of them in the order of `at`, and
    they are many, so that they are read day for day rather than grouped by day."""

    name: str
    kind: str
    axes: frozenset[Axis]
    rows: Callable[[Dialect], str]
    measures: Mapping[str, Sum]
    spans: Mapping[str, Sum] = field(default_factory=dict)
    by_day: bool = False
    in_order: bool = False


def count_of(condition: str) -> Sum:
    """How many rows."""
    return condition, "1"
