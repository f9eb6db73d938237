"""The figures of quality as a table to take along."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.services import csv_table
from hotline.services.examination.figures import QualityFigures
from hotline.web.quality.words import finding_name

_HEADER = (
    "what",
    "key",
    "name",
    "calls",
    "automatic_mean",
    "automatic_passed_percent",
    "examined",
    "examined_mean",
    "examined_passed_percent",
    "not_passed",
    "points_percent",
    "lost_points",
    "breaches",
)


def figures_table(found: QualityFigures) -> Iterator[str]:
    """A line at a time; the names in the reader's language."""
    return csv_table.write(_HEADER, _lines(found))


def _lines(found: QualityFigures) -> Iterator[tuple[str, ...]]:
    for what, rows in (("all", [found.total]), ("operator", found.operators), ("week", found.weeks)):
        for each in rows:
            yield (
                what,
                each.key,
                each.name,
                _text(each.automatic.count),
                _text(each.automatic.value),
                _text(each.automatic_passed),
                _text(each.examined.count),
                _text(each.examined.value),
                _text(each.examined_passed),
                _text(each.not_passed.count),
                "",
                "",
                "",
            )
    for item in found.items:
        yield (
            "item",
            item.item,
            item.name,
            "",
            "",
            "",
            _text(item.percent.count),
            "",
            "",
            "",
            _text(item.percent.value),
            _text(item.lost.count),
            "",
        )
    for rule in found.rules:
        yield ("rule", rule.rule, finding_name(rule.kind), _text(rule.calls.count), *[""] * 8, _text(rule.breaches))


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
