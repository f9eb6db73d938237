"""The tiles that stand on the wallboard, of today: read anew now and then, since a wall is composed each second."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.dashboards.tile import Tile, TileKind
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import How
from hotline.services.dashboards.dashboards import tiles_of_wall
from hotline.services.dashboards.tiles import values_now
from hotline.services.floor.wallboard import TileOnWallboard
from hotline.services.reports.report_pages import axis_names
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

#: A change of the tiles, and a call that ended, are on the wall after so long.
_EVERY = timedelta(seconds=10)
_COUNTED = frozenset({How.SUM, How.STOCK, How.DISTINCT, How.PEAK})


class TilesOnWallboard:
    """Of one process, for the thread that composes the wall."""

    def __init__(self) -> None:
        self._read_at: datetime | None = None
        self._tiles: list[TileOnWallboard] = []

    def now(self, tx: Transaction, settings: Settings, now: datetime) -> list[TileOnWallboard]:
        """[] where nobody has chosen any: then the wall shows its own row."""
        if self._read_at is None or not timedelta() <= now - self._read_at < _EVERY:
            self._tiles = _read(tx, settings, now)
            self._read_at = now
        return self._tiles


def _read(tx: Transaction, settings: Settings, now: datetime) -> list[TileOnWallboard]:
    tiles = tiles_of_wall(tx)
    if not tiles:
        return []
    names = axis_names(tx, settings)

    def of(tile: Tile) -> str:
        return names[tile.axis].get(tile.key, tile.key) if tile.axis else ""

    return [
        TileOnWallboard(
            zh=tile.title.zh,
            en=tile.title.en,
            of=of(tile),
            unit=tile.unit.value,
            value=value.value,
            sample=None if _is_count(tile) else value.of,
        )
        for tile, value in values_now(tx, settings, tiles, now)
    ]


def _is_count(tile: Tile) -> bool:
    return tile.kind is TileKind.FIGURE and FIGURES[tile.name].taken.how in _COUNTED
