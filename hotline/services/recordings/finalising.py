"""Finalising recordings, the ledger's side: which are due, and their place in the chain of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.reasons import Reason, because
from hotline.domain.recordings.chain import chained, day_of
from hotline.domain.recordings.recording import RecordingEntry, RecordingState, of_file
from hotline.services.alerts import set_alert
from hotline.services.recordings.alert_kinds import RECORDING_KEEPING
from hotline.storage.recordings.kept import KeptRecordingStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage

#: What cannot be kept is tried again so often, until somebody has seen to it.
RETRY = timedelta(hours=1)


def next_to_keep(storage: Storage, node: str, now: datetime) -> RecordingEntry | None:
    """The newest first: what was recorded today is listened to today."""
    with storage.reading() as tx:
        return KeptRecordingStore(tx).to_keep(node, now)


def by_id(storage: Storage, recording_id: int) -> RecordingEntry | None:
    with storage.reading() as tx:
        return RecordingStore(tx).by_id(recording_id)


def settle(storage: Storage, before: RecordingEntry, kept: RecordingEntry, now: datetime) -> RecordingEntry | None:
    """Write down that `before` is kept as `kept` now is, chained to the one kept before it.

    None, and nothing is changed, when the row is not any more what it was: another worker was faster.
    """
    with storage.writing() as tx:
        end = KeptRecordingStore(tx).end_of_chain(day_of(now))
        current = RecordingStore(tx).by_id(before.id or 0)
        if current is None or not _same(current, before):
            return None
        placed = replace(
            current,
            path=kept.path,
            size_bytes=kept.size_bytes,
            sha256=kept.sha256,
            peaks_path=kept.peaks_path,
            kept_at=now,
            next_attempt_at=None,
        )
        placed = chained(placed, end, day_of(now))
        RecordingStore(tx).update(placed)
        for about in (before.node, before.linkedid):
            set_alert(tx, RECORDING_KEEPING, about, None, now)
        return placed


def put_off(storage: Storage, entry: RecordingEntry, problem: Reason, now: datetime) -> None:
    """This one cannot be kept as it is: an alert, and another try later; the others go on."""
    with storage.writing() as tx:
        current = RecordingStore(tx).by_id(entry.id or 0)
        if current is not None and _same(current, entry):
            RecordingStore(tx).update(replace(current, next_attempt_at=now + RETRY))
            set_alert(tx, RECORDING_KEEPING, entry.linkedid, of_file(entry.path, problem), now)


def store_is_away(storage: Storage, node: str, problem: Reason, now: datetime) -> None:
    """Nothing can be kept: an alert that says how many recordings wait on this machine."""
    with storage.writing() as tx:
        waiting = KeptRecordingStore(tx).waiting(node)
        reason = because("recordings.waiting", why=problem, count=waiting)
        set_alert(tx, RECORDING_KEEPING, node, reason, now)


def _same(current: RecordingEntry, before: RecordingEntry) -> bool:
    return (
        current.state is RecordingState.READY
        and current.kept_at is None
        and (current.path, current.sha256) == (before.path, before.sha256)
    )
