"""Generations of verdicts, and how far each maker has come in one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, func, insert, select, update

from hotline.domain.verdicts.generations import FIRST, Generation, GenerationState
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import rewriting
from hotline.storage.verdicts.tables import verdict_generation, verdict_progress

_G, _P = verdict_generation.c, verdict_progress.c


class Mark(NamedTuple):
    """How far one has come: the moment and the id of the last subject."""

    at: datetime
    key: str = ""


def _generation(row: Row[Any]) -> Generation:
    return Generation(
        row.id,
        GenerationState(row.state),
        date.fromisoformat(row.since) if row.since else None,
        date.fromisoformat(row.until) if row.until else None,
        tuple(row.rules),
        row.begun_at,
        row.begun_by,
        row.in_force_at,
        row.judged,
    )


class GenerationStore(TableStore):
    def all(self) -> list[Generation]:
        """But the first one, which has no row; the oldest first."""
        return [_generation(row) for row in self._connection.execute(select(verdict_generation).order_by(_G.id))]

    def begin(self, new: Generation, upto: int) -> Generation:
        """`upto`: the last verdict that there is."""
        number = max(FIRST, self._connection.scalar(select(func.max(_G.id))) or FIRST) + 1
        self._connection.execute(
            insert(verdict_generation).values(
                id=number,
                state=new.state.value,
                since=new.since.isoformat() if new.since else None,
                until=new.until.isoformat() if new.until else None,
                rules=list(new.rules),
                begun_at=new.begun_at,
                begun_by=new.begun_by,
                upto=upto,
            )
        )
        return next(each for each in self.all() if each.id == number)

    def upto(self, generation: int) -> int:
        return self._connection.scalar(select(_G.upto).where(_G.id == generation)) or 0

    def keep_upto(self, generation: int, upto: int) -> None:
        self._connection.execute(update(verdict_generation).where(_G.id == generation).values(upto=upto))

    def add_judged(self, generation: int, subjects: int) -> None:
        self._connection.execute(
            update(verdict_generation).where(_G.id == generation).values(judged=_G.judged + subjects)
        )

    def set_state(self, generation: int, state: GenerationState, in_force_at: datetime | None = None) -> None:
        self._connection.execute(
            update(verdict_generation).where(_G.id == generation).values(state=state.value, in_force_at=in_force_at)
        )

    def mark(self, generation: int, maker: str) -> Mark | None:
        row = self._connection.execute(
            select(_P.at, _P.key).where(_P.generation == generation, _P.maker == maker)
        ).first()
        return Mark(row.at, row.key) if row else None

    def keep_mark(self, generation: int, maker: str, mark: Mark) -> None:
        self._connection.execute(
            rewriting(self._connection, verdict_progress, "generation", "maker"),
            {"generation": generation, "maker": maker, "at": mark.at, "key": mark.key},
        )
