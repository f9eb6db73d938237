"""Each time that a call heard a menu, kept beside the call's fact."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert

from hotline.domain.batches import batches
from hotline.domain.reports.fact import CallFact
from hotline.domain.reports.menu_fact import MenuFact
from hotline.storage.reports.tables import report_menu
from hotline.storage.transaction import TableStore


class MenuFactStore(TableStore):
    def save(self, heard: Sequence[tuple[CallFact, str, Sequence[MenuFact]]]) -> None:
        """Of each call with the version of the menus that it heard, in place of what is kept of it."""
        for some in batches([fact.call_id for fact, _version, _menus in heard]):
            self._connection.execute(delete(report_menu).where(report_menu.c.call_id.in_(some)))
        rows = [_columns(fact, version, menu) for fact, version, menus in heard for menu in menus]
        if rows:
            self._connection.execute(insert(report_menu), rows)


def _columns(fact: CallFact, version: str, menu: MenuFact) -> dict[str, object]:
    return {
        "call_id": fact.call_id,
        "place": menu.place,
        "arrived_at": fact.arrived_at,
        "day": fact.day,
        "slot": fact.slot,
        "line": fact.line,
        "version": version,
        "menu": menu.menu,
        "choice": menu.choice,
        "ended": menu.ended.value,
        "way_out": menu.way_out.value,
        "is_first": int(menu.is_first),
        "is_first_choice": int(menu.is_first_choice),
        "left_after": int(menu.left_after),
    }
