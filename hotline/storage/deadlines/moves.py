"""Deadlines that another calendar or another setting moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter

from sqlalchemy import func, insert, literal, select

from hotline.domain.deadlines.kept import ClockName, DeadlineMove
from hotline.storage.bulk import rows_of
from hotline.storage.deadlines.tables import deadline_move
from hotline.storage.transaction import TableStore

_MOVE = deadline_move.c
#: What each has of its own, and what all of one recount have alike.
_OWN = ("object_id", "was_due_at", "due_at")
_ALIKE = ("clock", "calendar_changed", "term_changed", "at", "by")
_alike = attrgetter(*_ALIKE)
_COLUMNS = DeadlineMove._fields


class DeadlineMoveStore(TableStore):
    def add(self, moves: Sequence[DeadlineMove]) -> None:
        alike: dict[tuple[object, ...], list[DeadlineMove]] = defaultdict(list)
        for move in moves:
            alike[_alike(move)].append(move)
        for values, some in alike.items():
            fresh = rows_of(
                self._connection, {name: (_MOVE[name].type, list(map(attrgetter(name), some))) for name in _OWN}
            )
            same = (literal(value, _MOVE[name].type) for name, value in zip(_ALIKE, values, strict=True))
            rows = select(*fresh.c, *same)
            self._connection.execute(insert(deadline_move).from_select([*_OWN, *_ALIKE], rows))

    def latest(self, limit: int, offset: int = 0) -> list[DeadlineMove]:
        """Newest first."""
        rows = self._connection.execute(select(deadline_move).order_by(_MOVE.id.desc()).limit(limit).offset(offset))
        return [
            DeadlineMove(**{name: getattr(row, name) for name in _COLUMNS} | {"clock": ClockName(row.clock)})
            for row in rows
        ]

    def count(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(deadline_move)) or 0
