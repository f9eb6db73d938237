"""Deadlines that another calendar or another setting moved."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from sqlalchemy import func, insert, select

from hotline.domain.deadlines.kept import ClockName, DeadlineMove
from hotline.storage.deadlines.tables import deadline_move
from hotline.storage.transaction import TableStore

_MOVE = deadline_move.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(DeadlineMove))


class DeadlineMoveStore(TableStore):
    def add(self, moves: Sequence[DeadlineMove]) -> None:
        if moves:
            rows = [{name: getattr(move, name) for name in _COLUMNS} for move in moves]
            self._connection.execute(insert(deadline_move), rows)

    def latest(self, limit: int, offset: int = 0) -> list[DeadlineMove]:
        """Newest first."""
        rows = self._connection.execute(select(deadline_move).order_by(_MOVE.id.desc()).limit(limit).offset(offset))
        return [
            DeadlineMove(**{name: getattr(row, name) for name in _COLUMNS} | {"clock": ClockName(row.clock)})
            for row in rows
        ]

    def count(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(deadline_move)) or 0
