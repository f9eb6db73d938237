"""Intake of recordings, the ledger's side: which are due, and the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.call import Call, Outcome, Span
from hotline.domain.errors import NotFound
from hotline.domain.reasons import Reason
from hotline.domain.recordings.recording import RecordingEntry, RecordingState, of_file
from hotline.services.alerts import AlertKind, set_alert
from hotline.services.recordings.alert_kinds import RECORDING_LOST, RECORDING_STORE, RECORDING_UNPAUSED
from hotline.services.recordings.transcription import want
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class DueRecording:
    """A recording to take in, with the pauses that the ledger has of its call (G2)."""

    entry: RecordingEntry
    pauses: tuple[Span, ...]


def due(storage: Storage, node: str, now: datetime, limit: int) -> list[DueRecording]:
    """The node's next recordings to take in, oldest first."""
    with storage.reading() as tx:
        return [DueRecording(entry, _pauses(tx, entry)) for entry in RecordingStore(tx).due(now, limit, node)]


def settle(storage: Storage, after: RecordingEntry, now: datetime) -> bool:
    """Keep what came of an attempt, and ask for the transcripts of what is in the store now. False, and nothing is
    changed, when another worker was faster."""
    with storage.writing() as tx:
        current = RecordingStore(tx).by_id(_id(after))
        if current is None or current.state is not RecordingState.PENDING:
            return False
        RecordingStore(tx).update(after)
        if after.state is not RecordingState.PENDING:
            _tell(tx, after, now)
        if after.state is RecordingState.READY:
            want(tx, after, now)
        return True


def retry(storage: Storage, node: str, linkedid: str, now: datetime, by: str) -> int:
    """Let the call's missing and failed recordings be tried again from the start; how many there are.

    Raises NotFound for a call without any recording.
    """
    with storage.writing() as tx:
        call_id = CallStore(tx).id_of(node, linkedid)
        stored = CallStore(tx).by_id(call_id) if call_id is not None else None
        if stored is None or not stored.recordings:
            raise NotFound("recordings.none_of_call", linkedid=linkedid)
        lost = [e for e in stored.recordings if e.state in (RecordingState.MISSING, RecordingState.FAILED)]
        for entry in lost:
            RecordingStore(tx).update(_fresh(entry))
        AuditLog(tx).add(now, by, "recording.again", f"call:{call_id}", linkedid)
        return len(lost)


def known_sources(storage: Storage, node: str, names: Iterable[str]) -> dict[str, RecordingEntry]:
    """Those of these files in the incoming folder that the ledger knows."""
    with storage.reading() as tx:
        return {entry.source_file: entry for entry in RecordingStore(tx).of_sources(node, list(names))}


def set_node_alerts(storage: Storage, node: str, reasons: Mapping[AlertKind, Reason | None], now: datetime) -> None:
    """Alerts about the recordings of a node: each open with its reason, or over (None)."""
    with storage.writing() as tx:
        for kind, reason in reasons.items():
            set_alert(tx, kind, node, reason, now)


def store_refuses(storage: Storage, node: str, reason: Reason, now: datetime) -> None:
    """Nothing can be stored: an alert."""
    with storage.writing() as tx:
        set_alert(tx, RECORDING_STORE, node, reason, now)


def _fresh(entry: RecordingEntry) -> RecordingEntry:
    return RecordingEntry(entry.node, entry.linkedid, entry.kind, entry.source_file, entry.started_at, id=entry.id)


def _pauses(tx: Transaction, entry: RecordingEntry) -> tuple[Span, ...]:
    call = CallStore(tx).get(entry.node, entry.linkedid)
    return call.pauses if call else ()


def _tell(tx: Transaction, entry: RecordingEntry, now: datetime) -> None:
    lost = entry.state is not RecordingState.READY and not entry.nothing_said
    told = of_file(entry.source_file, entry.problem)
    set_alert(tx, RECORDING_LOST, entry.linkedid, told if lost and _is_owed(tx, entry) else None, now)
    if not lost:
        set_alert(tx, RECORDING_STORE, entry.node, None, now)
        set_alert(tx, RECORDING_UNPAUSED, entry.linkedid, told, now)


def _is_owed(tx: Transaction, entry: RecordingEntry) -> bool:
    call = CallStore(tx).get(entry.node, entry.linkedid)
    return entry.state is RecordingState.FAILED or call is None or _must_be_recorded(call, entry.kind)


def _must_be_recorded(call: Call, kind: str) -> bool:
    """A caller who left before anybody spoke leaves no recording, and none is missed."""
    return call.outcome is Outcome.VOICEMAIL if kind == "voicemail" else call.talk_seconds > 0


def _id(entry: RecordingEntry) -> int:
    if entry.id is None:
        raise ValueError(f"{entry.source_file} was never stored")
    return entry.id
