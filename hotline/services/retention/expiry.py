"""Deletes recordings after the legal term (E2): listed first, then deleted and entered in a register.

The order makes it safe against a crash at any step: first the register and the row are written in one transaction, then
the file goes, then its outline, then the register says that they are gone. Who runs it again finishes the work.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, because
from hotline.domain.retention.deletion import Deletion, DeletionCandidate
from hotline.domain.retention.retention import LEAST_YEARS, RetentionVerdict, Terms, judge
from hotline.domain.rights.acts import Act
from hotline.domain.time import SHANGHAI
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.recordings.files import RecordingFiles
from hotline.storage.audit import AuditLog
from hotline.storage.retention.deletions import DeletionStore
from hotline.storage.retention.store import ExpiryStore
from hotline.storage.transaction import Storage, Transaction

log = logging.getLogger(__name__)

_BATCH = 500
#: Younger ones need not be looked at; exactly is counted by `judge`.
_LEAST = timedelta(days=365 * LEAST_YEARS)
#: The nightly job deletes what has been on the list so long: since the night before.
SHOWN_FOR = timedelta(hours=18)
#: Of the Shanghai day, in which the nightly job deletes.
NIGHT = range(1, 5)


@dataclass(frozen=True, slots=True)
class DueDeletion:
    """A recording that may go, and since when."""

    candidate: DeletionCandidate
    verdict: RetentionVerdict

    def reason(self, request: int | None = None) -> Reason:
        """As the register has it. `request`: that of a person, which it is deleted for (G3)."""
        until, category = self.verdict.until, self.candidate.kept.category
        day = f"{until.astimezone(SHANGHAI):%Y-%m-%d}" if until else ""
        if request is None:
            if not category:
                return because("retention.time_over", day=day)
            return because("retention.time_over_of_category", day=day, category=category)
        if not category:
            return because("retention.time_over_and_asked", day=day, request=request)
        return because("retention.time_over_of_category_and_asked", day=day, category=category, request=request)


@dataclass(frozen=True, slots=True)
class Expired:
    """What a run did: deleted, of those already `missing` from the store, finished what an earlier run began, and
    `kept` after all because something keeps them since they were listed."""

    deleted: int = 0
    bytes: int = 0
    missing: int = 0
    finished: int = 0
    kept: int = 0


def due(storage: Storage, terms: Terms, now: datetime) -> Iterator[DueDeletion]:
    """All that may go now, by id. Changes nothing."""
    after = 0
    while True:
        with storage.reading() as tx:
            batch = ExpiryStore(tx).candidates(now - _LEAST, after, _BATCH)
        yield from _may_go(batch, terms, now)
        if len(batch) < _BATCH:
            return
        after = batch[-1].entry.id or 0


@dataclass(frozen=True, slots=True)
class DueList:
    """The first of all that may go, and how many and how large these are."""

    shown: tuple[DueDeletion, ...]
    count: int
    bytes: int


def due_list(storage: Storage, terms: Terms, actor: Actor, now: datetime, limit: int, offset: int = 0) -> DueList:
    """The dry run, a page of it. The view is written down (F8). Raises Forbidden."""
    require_right(Act.READ_RETENTION, actor)
    shown, count, size = [], 0, 0
    for each in due(storage, terms, now):
        if offset <= count < offset + limit:
            shown.append(each)
        count += 1
        size += each.candidate.entry.size_bytes or 0
    note_look(storage, actor, now, "recordings.due", "recordings", f"{count} may go")
    return DueList(tuple(shown), count, size)


def expire(
    storage: Storage,
    files: RecordingFiles,
    terms: Terms,
    found: Sequence[int],
    by: str,
    now: datetime,
    request: int | None = None,
    reason: str = "",
) -> Expired:
    """Delete those of these recordings that may go; and finish what an earlier run left. Raises StoreUnavailable when
    the store is away: then nothing is begun that is not finished later, by the next run.

    `request`: of a person (G3); it stands in the register beside the end of their time. `reason`: why it was done now,
    for the audit log.
    """
    finished = finish(storage, files, now)
    deleted = missing = size = kept = 0
    for recording_id in found:
        deletion = _delete(storage, files, terms, recording_id, by, now, request)
        if deletion is None:
            kept += 1
            continue
        deleted += 1
        missing += not deletion.found
        size += deletion.size_bytes or 0 if deletion.found else 0
    done = Expired(deleted, size, missing, finished, kept)
    if deleted or finished:
        with storage.writing() as tx:
            AuditLog(tx).add(
                now,
                by,
                "recordings.expire",
                "recordings",
                f"{deleted} deleted ({size} bytes, {missing} already missing), {finished} finished"
                + (f": {reason}" if reason else ""),
            )
    return done


def finish(storage: Storage, files: RecordingFiles, now: datetime) -> int:
    """Remove the files of all that the register has as deleted and not gone yet; how many. Raises StoreUnavailable."""
    with storage.reading() as tx:
        left = DeletionStore(tx).unfinished()
    for deletion in left:
        _remove(storage, files, deletion, now)
    return len(left)


def make_list(storage: Storage, terms: Terms, now: datetime) -> list[int]:
    """The dry run of every night: what may go is on the list from now on, and nothing else is."""
    found = [each.candidate.entry.id or 0 for each in due(storage, terms, now)]
    with storage.writing() as tx:
        new = ExpiryStore(tx).list_since(found, now)
        if new:
            AuditLog(tx).add(
                now, "scheduler", "recordings.list", "recordings", f"{len(found)} may go, {new} of them new"
            )
    return found


def nightly(storage: Storage, files: RecordingFiles, terms: Terms, now: datetime) -> Expired:
    """Delete, at night, what has been on the list since the night before. Raises StoreUnavailable."""
    if now.astimezone(SHANGHAI).hour not in NIGHT:
        return Expired()
    with storage.reading() as tx:
        listed = ExpiryStore(tx).listed_before(now - SHOWN_FOR)
    return expire(storage, files, terms, listed, "scheduler", now)


def _may_go(batch: Sequence[DeletionCandidate], terms: Terms, now: datetime) -> Iterator[DueDeletion]:
    for candidate in batch:
        verdict = judge(candidate.kept, terms, now)
        if verdict.may_go:
            yield DueDeletion(candidate, verdict)


def _delete(
    storage: Storage,
    files: RecordingFiles,
    terms: Terms,
    recording_id: int,
    by: str,
    now: datetime,
    request: int | None,
) -> Deletion | None:
    """None when it may not go any more, or went already."""
    with storage.reading() as tx:
        wanted = ExpiryStore(tx).of([recording_id])
    if not wanted:
        return None
    there = _is_there(files, wanted[0].entry.path)
    with storage.writing() as tx:
        begun = _register(tx, terms, recording_id, there, by, now, request)
    if begun is not None:
        _remove(storage, files, begun, now)
    return begun


def _register(
    tx: Transaction, terms: Terms, recording_id: int, there: bool, by: str, now: datetime, request: int | None
) -> Deletion | None:
    """All that is about to happen, as one: what keeps it is asked once more, so that a hold set meanwhile counts."""
    ExpiryStore(tx).lock(recording_id)
    may_go = list(_may_go(ExpiryStore(tx).of([recording_id]), terms, now))
    if not may_go:
        return None
    entry = may_go[0].candidate.entry
    if not ExpiryStore(tx).forget(recording_id, (entry.node, entry.linkedid), now):
        return None
    return DeletionStore(tx).add(
        Deletion(
            recording_id,
            entry.node,
            entry.linkedid,
            entry.kind,
            entry.started_at,
            entry.path,
            entry.peaks_path,
            entry.seconds,
            entry.size_bytes,
            entry.sha256,
            now,
            by,
            may_go[0].reason(request),
            there,
        )
    )


def _remove(storage: Storage, files: RecordingFiles, deletion: Deletion, now: datetime) -> None:
    for path in (deletion.path, deletion.peaks_path):
        with suppress(FileNotFoundError):  # a path that is none of the store's
            files.remove(path)
    with storage.writing() as tx:
        DeletionStore(tx).finish(deletion.id or 0, now)
    log.info("recording %s deleted: %s", deletion.recording_id, deletion.why)


def _is_there(files: RecordingFiles, path: str) -> bool:
    """Asked before anything is written: a store that is away is told of, and nothing is begun."""
    try:
        with files.open(path):
            return True
    except FileNotFoundError:
        return False
