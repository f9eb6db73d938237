"""Starting, pausing, stopping and reopening the clocks of things, in the transaction that changes the thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.deadlines.deadline import Deadline
from hotline.domain.deadlines.kept import ClockName, KeptDeadline, PauseReason
from hotline.domain.deadlines.term import Agreed, Term
from hotline.domain.errors import NotFound
from hotline.services.deadlines.clock import Counting, all_clocks, counting
from hotline.services.deadlines.moving import brought_up
from hotline.settings import Settings
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the clock of a thing must stand, as the thing itself says. `line`: by whose working time, a line's id or a
    department's key (hotline.domain.calendar_key). `agreed`: its own term; None for the usual one.
    `done_at`: when the thing was done; None while it is open."""

    started_at: datetime
    line: str = ""
    agreed: Term | None = None
    done_at: datetime | None = None


def keep(
    tx: Transaction, settings: Settings, clock: ClockName, wanted: Mapping[int, Wanted | None], now: datetime
) -> dict[int, KeptDeadline]:
    """Bring the clock of each of these things, by its id, to what is wanted: started, stopped, reopened, put under
    another term; None: it has no such clock. Doing it again changes nothing. Returned as they are then.

    Whoever changes a thing calls this and nothing else, so that no way of opening one leaves its clock unstarted.
    """
    store, found = DeadlineStore(tx), DeadlineStore(tx).of(clock, wanted)
    ways: dict[str, Counting] = {}
    kept: dict[int, KeptDeadline] = {}
    fresh: list[KeptDeadline] = []
    changed: list[KeptDeadline] = []

    def _way(line: str) -> Counting:
        return ways.get(line) or ways.setdefault(line, counting(settings, clock, line))

    for object_id, each in wanted.items():
        if each is None:
            continue
        way = _way(each.line)
        before = found.get(object_id)
        if before is None:
            kept[object_id] = _begun(object_id, each, way, now)
            fresh.append(kept[object_id])
            continue
        kept[object_id] = _brought(brought_up(tx, before, _way(before.line), now), each, way, now)
        if kept[object_id] != before:
            changed.append(kept[object_id])
    if fresh:
        store.add(ways[fresh[0].line].clock.rule, *fresh)
    store.save(*changed)
    moved = {each.object_id: each.due_at for each in changed if each.due_at != found[each.object_id].due_at}
    _copy(tx, clock, moved)
    store.drop(clock, [object_id for object_id in found if wanted[object_id] is None])
    return kept


def pause(
    tx: Transaction, settings: Settings, clock: ClockName, object_id: int, reason: PauseReason, now: datetime
) -> KeptDeadline:
    """Raises NotFound, and WrongStep as the deadline does."""
    return _step(tx, settings, clock, object_id, now, lambda it: it.paused(now, reason.value))


def resume(tx: Transaction, settings: Settings, clock: ClockName, object_id: int, now: datetime) -> KeptDeadline:
    """Raises NotFound, and WrongStep as the deadline does."""
    return _step(tx, settings, clock, object_id, now, lambda it: it.resumed(now))


def stop(tx: Transaction, clock: ClockName, object_id: int, now: datetime) -> None:
    """It is done. Nothing happens if that is known already, or if the thing has no such clock. Neither calendar nor
    settings are needed: what was paused in time was done in time."""
    before = DeadlineStore(tx).of(clock, [object_id]).get(object_id)
    if before is None or not before.deadline.is_open:
        return
    done = before.deadline.stopped(max(now, before.deadline.known_until))
    late = before.due_at is not None and before.due_at <= (done.stopped_at or now)
    DeadlineStore(tx).save(before._replace(deadline=done, breached_at=before.due_at if late else None))


def reopen(tx: Transaction, settings: Settings, clock: ClockName, object_id: int, now: datetime) -> KeptDeadline:
    """Raises NotFound, and WrongStep as the deadline does."""
    return _step(tx, settings, clock, object_id, now, lambda it: it.reopened(now))


def put_under(
    tx: Transaction,
    settings: Settings,
    clock: ClockName,
    object_id: int,
    agreed: Term | None,
    now: datetime,
    line: str | None = None,
) -> KeptDeadline:
    """Another term, None for the usual one; another line's calendar if `line` is given. What happened is kept. Raises
    NotFound, and WrongStep as the deadline does."""
    before = _read(tx, clock, object_id)
    way = counting(settings, clock, before.line if line is None else line)
    term = agreed or _usual(way)
    moved = before._replace(line=before.line if line is None else line, by_setting=agreed is None)
    return _save(tx, _recounted(moved._replace(deadline=before.deadline.under(term)), way, now), way)


def _step(
    tx: Transaction,
    settings: Settings,
    clock: ClockName,
    object_id: int,
    now: datetime,
    happens: Callable[[Deadline], Deadline],
) -> KeptDeadline:
    before = _read(tx, clock, object_id)
    way = counting(settings, clock, before.line)
    before = brought_up(tx, before, way, now)
    return _save(tx, _recounted(before._replace(deadline=happens(before.deadline)), way, now), way)


def _read(tx: Transaction, clock: ClockName, object_id: int) -> KeptDeadline:
    found = DeadlineStore(tx).of(clock, [object_id]).get(object_id)
    if found is None:
        raise NotFound("deadlines.no_deadline", clock=str(clock), id=object_id)
    return found


def _save(tx: Transaction, kept: KeptDeadline, way: Counting) -> KeptDeadline:
    DeadlineStore(tx).save(kept)
    _copy(tx, way.clock.name, {kept.object_id: kept.due_at})
    return kept


def _copy(tx: Transaction, clock: ClockName, due: Mapping[int, datetime | None]) -> None:
    """Into the feature's own rows; what is paused keeps there what it was due before."""
    copy, moved = all_clocks()[clock].copy, {each: at for each, at in due.items() if at is not None}
    if copy and moved:
        copy(tx, moved)


def _begun(object_id: int, wanted: Wanted, way: Counting, now: datetime) -> KeptDeadline:
    begun = Deadline(wanted.agreed or _usual(way), wanted.started_at)
    if wanted.done_at:
        begun = begun.stopped(max(wanted.done_at, begun.known_until))
    return _recounted(KeptDeadline(way.clock.name, object_id, wanted.line, begun, wanted.agreed is None), way, now)


def _brought(before: KeptDeadline, wanted: Wanted, way: Counting, now: datetime) -> KeptDeadline:
    """Another promise than the one that was kept is counted from the beginning."""
    if wanted.agreed and not before.deadline.is_open and wanted.agreed != before.deadline.term:
        return _begun(before.object_id, wanted, way, now)._replace(id=before.id)
    happened = _started(before.deadline, wanted.started_at)
    if wanted.done_at is None and not happened.is_open:
        happened = happened.reopened(max(now, happened.known_until))
    if happened.is_open:
        happened = _under(happened, wanted.agreed or _usual(way), now)
    if wanted.done_at and happened.is_open:
        happened = happened.stopped(max(wanted.done_at, happened.known_until))
    after = before._replace(line=wanted.line, by_setting=wanted.agreed is None, deadline=happened)
    return before if after == before else _recounted(after, way, now)


def _started(happened: Deadline, at: datetime) -> Deadline:
    """The start is known better than before; what lies before it never was."""
    if at == happened.started_at:
        return happened
    pause = happened.pause if happened.pause and happened.pause.since >= at else None
    gaps = tuple(gap for gap in happened.gaps if gap.since >= at)
    stopped = max(happened.stopped_at, at) if happened.stopped_at else None
    return replace(happened, started_at=at, gaps=gaps, pause=pause, stopped_at=stopped)


def _under(happened: Deadline, term: Term, now: datetime) -> Deadline:
    """A promised moment does not wait: with it a pause ends."""
    if term == happened.term:
        return happened
    if happened.pause and isinstance(term, Agreed):
        happened = happened.resumed(max(now, happened.known_until))
    return happened.under(term)


def _usual(way: Counting) -> Term:
    if way.usual is None:
        raise ValueError(f"the clock {way.clock.name} has no usual term: each is agreed")
    return way.usual


def _recounted(kept: KeptDeadline, way: Counting, now: datetime) -> KeptDeadline:
    return kept.recounted(kept.deadline, way.calendar, way.warn_before, way.counted_by, now)
