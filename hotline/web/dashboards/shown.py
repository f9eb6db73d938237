"""Tiles as the page shows them: title, value, difference, a small line, and where each leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.dashboards.dashboard import Place
from hotline.domain.dashboards.tile import Tile, TileKind
from hotline.domain.reports.scope import Axis
from hotline.domain.reports.standard import STANDARD
from hotline.services.dashboards.tiles import SeenBoard, SeenTile
from hotline.web.kit.rules import in_language
from hotline.web.kit.spark import Line, line_of
from hotline.web.reports.shown import Moved, amount_shown, key_shown, moved_in, of_how_many

PLACES = {Place.OWN: _("My dashboard"), Place.DEFAULT: _("Everybody's default"), Place.WALLBOARD: _("Wallboard")}


@dataclass(frozen=True)
class ShownTile:
    """`of`: whose it is, "" for all. `sample`: of how many a rate was taken. `line_words`: the line for those who do
    not see it."""

    title: str
    of: str
    value: str
    sample: int | None
    before: str
    change: Moved
    line: Line | None
    line_words: str
    address: str


def tile_shown(seen: SeenBoard, each: SeenTile) -> ShownTile:
    tile = each.tile
    found = [value for value in each.line if value is not None]
    lowest, highest = min(found, default=0.0), max(found, default=0.0)
    words = gettext(
        "From %(first)s on between %(lowest)s and %(highest)s",
        first=f"{seen.times.line_first:%m-%d}",
        lowest=amount_shown(tile.unit, lowest),
        highest=amount_shown(tile.unit, highest),
    )
    return ShownTile(
        in_language(tile.title),
        of_shown(tile, seen.names),
        amount_shown(tile.unit, each.value.value),
        each.value.of if tile.kind is TileKind.RULE else of_how_many(tile.name, each.value),
        amount_shown(tile.unit, each.before.value),
        moved_in(tile.unit, tile.better, each.value, each.before),
        line_of(each.line, lowest, highest),
        words,
        _address(seen, tile),
    )


def of_shown(tile: Tile, names: Mapping[Axis, Mapping[str, str]]) -> str:
    return key_shown(tile.axis, tile.key, names) if tile.axis else ""


def _address(seen: SeenBoard, tile: Tile) -> str:
    """The report that has the figure, or the rule's page, of the same time and the same line, queue…"""
    narrowed: dict[str, Any] = {tile.axis.value: tile.key} if tile.axis else {}
    if tile.kind is TileKind.RULE:
        days: dict[str, Any] = {"since": seen.times.first.isoformat(), "until": seen.times.last.isoformat()}
        return url_for("rule_results.show", rule=tile.name, period="days", **days, **narrowed)
    report = next((each.name for each in STANDARD.values() if tile.name in each.figures), None)
    if report is None:
        return url_for("data_dictionary.show", name=tile.name)
    return url_for("reports.show", name=report, period=seen.kept.shown.period.value, **narrowed)
