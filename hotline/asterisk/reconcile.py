"""Brings the ledger up to date from the CEL database: at the start, and after every gap in the stream."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.asterisk.books import Books
from hotline.asterisk.gone import closed_without_trace, has_end, marked, overdue_end, restart_fact
from hotline.domain.batches import batches
from hotline.domain.calls.call import Call
from hotline.domain.calls.events import ChannelEvent, Fact
from hotline.storage.calls.checkpoints import CheckpointStore
from hotline.storage.calls.store import CallStore

logger = logging.getLogger(__name__)

#: Behind the checkpoint: the times of the stream are a few milliseconds later than those of the CEL database,
#: and the clock may have been set.
MARGIN = timedelta(seconds=60)

#: Calls a transaction: writers of other processes wait no longer than for this many.
CHUNK = 200


@dataclass(frozen=True, slots=True)
class PbxState:
    """What Asterisk itself says: when it booted (to the second, never too early), and which calls have
    channels."""

    booted_at: datetime
    running: Container[str]


def pbx_state(booted_at: datetime, channels: Callable[[], list[Mapping[str, str]]]) -> PbxState:
    """Raises PbxError."""
    return PbxState(booted_at, frozenset(channel["Linkedid"] for channel in channels() if "Linkedid" in channel))


def reconcile(books: Books, skip: Container[str], pbx: PbxState | None) -> None:
    """Fold from the CEL database every call that it tells of since the checkpoint and every call that the ledger
    has open, except `skip` (those that the stream knows whole); then move the checkpoint on.

    With `pbx`, calls that Asterisk has no channel of any more are ended: those from before its boot by a
    stored fact. Raises CelDatabaseError, StorageError; what was written until then stays, and it may be done
    again.
    """
    checkpoint, unfinished = _starting_point(books)
    latest = dict(books.cel_database.linkedids_since(checkpoint - MARGIN if checkpoint else None))
    silent = [linkedid for linkedid in unfinished if linkedid not in latest]
    # By their latest event, so that the checkpoint may follow chunk by chunk: a long gap need not be mended
    # in one go.
    wanted = [linkedid for linkedid in (*silent, *latest) if linkedid not in skip]
    for chunk in batches(wanted, CHUNK):
        _mend(books, chunk, pbx, latest.get(chunk[-1]))
    logger.info("reconciled %d calls with the CEL database", len(wanted))


def _starting_point(books: Books) -> tuple[datetime | None, list[str]]:
    def read() -> tuple[datetime | None, list[str]]:
        with books.storage.reading() as tx:
            return CheckpointStore(tx).get(books.node), CallStore(tx).open_linkedids(books.node)

    return books.patiently(read)


def _mend(books: Books, linkedids: Sequence[str], pbx: PbxState | None, checkpoint: datetime | None) -> None:
    rows = books.cel_database.rows_of_all(linkedids)
    known = books.facts_of(linkedids)
    calls: list[Call] = []
    facts: list[Fact] = []
    for linkedid in linkedids:
        call, fact = _mended(books, linkedid, rows[linkedid], known.get(linkedid, []), pbx)
        calls += [call] if call else []
        facts += [fact] if fact else []
    books.record(calls, facts, checkpoint)


def _mended(
    books: Books, linkedid: str, events: list[ChannelEvent], facts: list[Fact], pbx: PbxState | None
) -> tuple[Call | None, Fact | None]:
    """The call as it is now known, None if the ledger has it so already; and the fact that was found out."""
    stored = _in_ledger(books, linkedid)
    call, fact = _known_now(books, linkedid, events, facts, pbx, stored)
    return (None if call == stored else call), fact


def _known_now(
    books: Books,
    linkedid: str,
    events: list[ChannelEvent],
    facts: list[Fact],
    pbx: PbxState | None,
    stored: Call | None,
) -> tuple[Call | None, Fact | None]:
    if has_end(events):
        return books.fold(linkedid, events, facts), None
    if stored is not None and stored.ended_at is not None:
        return stored, None  # the stream told its end, which the CEL database has lost
    if pbx is None or linkedid in pbx.running:
        return books.fold(linkedid, events, facts), None
    if not events:
        return (closed_without_trace(stored, books.clock()) if stored else None), None
    fact = restart_fact(linkedid, events, pbx.booted_at)
    if fact is not None:
        return books.fold(linkedid, events, [*facts, fact]), fact
    end = overdue_end(events, books.clock())
    if end is None:
        return books.fold(linkedid, events, facts), None
    call = books.fold(linkedid, [*events, end], facts)
    return (marked(call) if call else None), None


def _in_ledger(books: Books, linkedid: str) -> Call | None:
    def read() -> Call | None:
        with books.storage.reading() as tx:
            return CallStore(tx).get(books.node, linkedid)

    return books.patiently(read)
