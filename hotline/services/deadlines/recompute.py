"""Another calendar, other hours or another term: the open deadlines are counted anew, and those that moved are kept."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.deadlines.kept import ClockName, DeadlineMove
from hotline.services.deadlines.clock import Counting, all_clocks, counting
from hotline.services.deadlines.moving import SYSTEM, counted_now
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.deadlines.moves import DeadlineMoveStore
from hotline.storage.deadlines.recount import RecountStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import Storage, Transaction

#: So many in one transaction: SQLite has one writer at a time, and calls are written too.
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Recomputed:
    """How many were counted anew, and which of them moved."""

    counted: int
    moved: Sequence[DeadlineMove]


def recompute(
    storage: Storage, settings: Settings, now: datetime, by: str = SYSTEM, dry_run: bool = False
) -> Recomputed:
    """Count anew all open deadlines that were counted by another calendar or other settings than those in force. Each
    carries by what it was counted: whoever is stopped in the middle is gone on from. `dry_run`: only say what would
    move.

    What is done stays as it was counted when it was done.
    """
    counted, moved = 0, list[DeadlineMove]()
    for name, line, way in _stale(storage, settings):
        after: int | None = 0
        while after is not None:
            with _no_collector(), storage.reading() if dry_run else storage.writing() as tx:
                found = DeadlineStore(tx).open_of(name, line, way.counted_by, after, _AT_ONCE)
                counts = [counted_now(each, way, now, by) for each in found]
                moves = [move for _kept, move in counts if move]
                if found and not dry_run:
                    RecountStore(tx).save(found, [kept for kept, _move in counts], way.counted_by)
                    _keep_moves(tx, way, moves, len(found), now, by)
            counted, moved = counted + len(found), moved + moves
            after = found[-1].id if len(found) == _AT_ONCE else None
    return Recomputed(counted, moved)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Rows and deadlines refer to nothing that refers to them: the collector of cycles would look for them through all
    that the process holds, again and again, and took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _stale(storage: Storage, settings: Settings) -> Iterator[tuple[ClockName, str, Counting]]:
    with storage.reading() as tx:
        groups = DeadlineStore(tx).open_groups()
    known: dict[tuple[ClockName, str], set[str]] = defaultdict(set)
    for group in groups:
        known[group.clock, group.line].add(group.counted_by)
    for (name, line), by in known.items():
        way = counting(settings, name, line) if name in all_clocks() else None
        if way and by != {way.counted_by}:
            yield name, line, way


def _keep_moves(
    tx: Transaction, way: Counting, moves: Sequence[DeadlineMove], counted: int, now: datetime, by: str
) -> None:
    DeadlineMoveStore(tx).add(moves)
    if way.clock.copy:
        way.clock.copy(tx, {move.object_id: move.due_at for move in moves if move.due_at is not None})
    if moves:
        AuditLog(tx).add(
            now, by, "deadlines.recompute", "deadlines", f"{way.clock.name}: {len(moves)} of {counted} moved"
        )
