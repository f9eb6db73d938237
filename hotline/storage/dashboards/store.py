"""Dashboards by whose they are; each is one row, changed in place."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from sqlalchemy import Row, delete, select, update

from hotline.domain.dashboards.dashboard import Dashboard, KeptDashboard, Place
from hotline.domain.dashboards.tile import Tile, read_tile
from hotline.domain.errors import Refused
from hotline.domain.reports.period import Period
from hotline.storage.dashboards.tables import dashboard
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

logger = logging.getLogger(__name__)

_D = dashboard.c


class DashboardStore(TableStore):
    def of(self, place: Place, owner: str = "") -> KeptDashboard | None:
        row = self._connection.execute(
            select(dashboard).where(_D.place == place.value, _D.owner == owner)
        ).one_or_none()
        return _kept(row) if row else None

    def keep(self, new: KeptDashboard) -> bool:
        """As the version after `new.version`; False where another one is there meanwhile."""
        values = {
            "period": new.shown.period.value,
            "tiles": [tile.code for tile in new.shown.tiles],
            "version": new.version + 1,
            "changed_by": new.by,
            "changed_at": new.at,
        }
        if new.version:
            its = (_D.place == new.place.value, _D.owner == new.owner, _D.version == new.version)
            return self._connection.execute(update(dashboard).where(*its).values(values)).rowcount == 1
        keys = {"place": new.place.value, "owner": new.owner}
        added = insert_into(self._connection, dashboard).values(**keys, **values).on_conflict_do_nothing()
        return self._connection.execute(added.returning(_D.id)).first() is not None

    def drop(self, place: Place, owner: str = "") -> bool:
        """Whether there was one."""
        gone = delete(dashboard).where(_D.place == place.value, _D.owner == owner)
        return self._connection.execute(gone).rowcount > 0


def _kept(row: Row[tuple[object, ...]]) -> KeptDashboard:
    shown = Dashboard(Period(row.period), tuple(_tiles(row.tiles)))
    return KeptDashboard(Place(row.place), row.owner, shown, row.version, row.changed_by, row.changed_at)


def _tiles(codes: Iterable[str]) -> Iterator[Tile]:
    """Without those of figures and rules that a newer version has no more."""
    for code in codes:
        try:
            yield read_tile(code)
        except Refused:
            logger.warning("a dashboard's tile is no more: %s", code)
