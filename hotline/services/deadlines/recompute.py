"""Another calendar, other hours or another term: the open deadlines are counted anew, and those that moved are kept."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
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

#: So many in one transaction, half a second's work: SQLite has one writer at a time, and calls are written too. With
#: fewer the same pages of the indexes would be written again and again.
_AT_ONCE = 10_000


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
    done = Recomputed(0, [])
    for name, line, way in _stale(storage, settings):
        with _no_collector(), ThreadPoolExecutor(storage.writers) as threads:

            def some(
                span: tuple[int, int], name: ClockName = name, line: str = line, way: Counting = way
            ) -> Recomputed:
                return _recount(storage, name, line, way, span, now, by, dry_run)

            done = _together([done, *threads.map(some, _spans(storage, name, line, way))])
    return done


def _together(parts: Sequence[Recomputed]) -> Recomputed:
    return Recomputed(sum(each.counted for each in parts), [move for each in parts for move in each.moved])


def _spans(storage: Storage, name: ClockName, line: str, way: Counting) -> Iterator[tuple[int, int]]:
    """The ids of what is to be counted, one span a writer: where there are several, the database works on one while the
    other is counted."""
    with storage.reading() as tx:
        first, last = DeadlineStore(tx).ids_open_of(name, line, way.counted_by)
    step = (last - first) // storage.writers + 1
    for begin in range(first, last + 1, step):
        yield begin, min(begin + step - 1, last)


def _recount(
    storage: Storage,
    name: ClockName,
    line: str,
    way: Counting,
    span: tuple[int, int],
    now: datetime,
    by: str,
    dry_run: bool,
) -> Recomputed:
    counted, moved = 0, list[DeadlineMove]()
    after: int | None = span[0] - 1
    while after is not None:
        with storage.reading() if dry_run else storage.writing() as tx:
            found = DeadlineStore(tx).open_of(name, line, way.counted_by, (after, span[1]), _AT_ONCE)
            counts = [counted_now(each, way, now, by) for each in found]
            moves = [move for _kept, move in counts if move]
            if found and not dry_run:
                RecountStore(tx).save(found, [kept for kept, _move in counts], way.counted_by)
                _keep_moves(tx, way, moves, len(found), now, by)
        counted += len(found)
        moved += moves
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
