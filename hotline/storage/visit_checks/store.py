"""Draws of visits, and their checks."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from hotline.domain.batches import batches
from hotline.domain.visit_checks.checks import Fault, VisitCheck, VisitDraw
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore
from hotline.storage.visit_checks.tables import visit_check, visit_draw

_DRAW, _CHECK = visit_draw.c, visit_check.c
_DRAW_COLUMNS = tuple(each.name for each in dataclasses.fields(VisitDraw))
_CHECK_COLUMNS = tuple(each.name for each in dataclasses.fields(VisitCheck))


def _draw_of(row: Row[Any]) -> VisitDraw:
    values = {name: getattr(row, name) for name in _DRAW_COLUMNS}
    return VisitDraw(**{**values, "drawn": tuple(values["drawn"])})


def _check_of(row: Row[Any]) -> VisitCheck:
    values = {name: getattr(row, name) for name in _CHECK_COLUMNS}
    return VisitCheck(**{**values, "found": tuple(map(Fault, values["found"]))})


def _written(check: VisitCheck) -> dict[str, Any]:
    values = {name: getattr(check, name) for name in _CHECK_COLUMNS if name != "id"}
    return {**values, "found": [each.value for each in check.found]}


class VisitCheckStore(TableStore):
    def add_draw(self, new: VisitDraw) -> VisitDraw:
        values = {name: getattr(new, name) for name in _DRAW_COLUMNS if name != "id"}
        written = insert(visit_draw).values({**values, "drawn": list(new.drawn)})
        return dataclasses.replace(new, id=new_id(self._connection.execute(written)))

    def draws(self, limit: int) -> list[VisitDraw]:
        """The latest first."""
        rows = self._connection.execute(select(visit_draw).order_by(_DRAW.id.desc()).limit(limit))
        return [_draw_of(row) for row in rows]

    def draw_by_id(self, draw_id: int) -> VisitDraw | None:
        row = self._connection.execute(select(visit_draw).where(_DRAW.id == draw_id)).one_or_none()
        return _draw_of(row) if row else None

    def add(self, new: list[VisitCheck]) -> None:
        for some in batches(new):
            self._connection.execute(insert(visit_check), [_written(each) for each in some])

    def of_draw(self, draw_id: int) -> list[VisitCheck]:
        rows = self._connection.execute(select(visit_check).where(_CHECK.draw_id == draw_id).order_by(_CHECK.id))
        return [_check_of(row) for row in rows]

    def by_id(self, check_id: int) -> VisitCheck | None:
        row = self._connection.execute(select(visit_check).where(_CHECK.id == check_id)).one_or_none()
        return _check_of(row) if row else None

    def drawn_of(self, visit_ids: Collection[int]) -> dict[int, VisitCheck]:
        """Those that were drawn before, by visit."""
        found: dict[int, VisitCheck] = {}
        for some in batches(sorted(visit_ids)):
            rows = self._connection.execute(select(visit_check).where(_CHECK.visit_id.in_(some)))
            found |= {row.visit_id: _check_of(row) for row in rows}
        return found

    def left(self, draw_ids: Collection[int]) -> dict[int, int]:
        """How many of each draw nobody has judged."""
        rows = self._connection.execute(
            select(_CHECK.draw_id, func.count().label("n"))
            .where(_CHECK.draw_id.in_(draw_ids), _CHECK.checked_at.is_(None))
            .group_by(_CHECK.draw_id)
        )
        return {row.draw_id: row.n for row in rows}

    def judge(self, check: VisitCheck) -> bool:
        """False when it was judged before."""
        same = (_CHECK.id == check.id, _CHECK.checked_at.is_(None))
        return self._connection.execute(update(visit_check).where(*same).values(_written(check))).rowcount == 1

    def order(self, check_id: int, order_id: int) -> None:
        self._connection.execute(update(visit_check).where(_CHECK.id == check_id).values(order_id=order_id))
