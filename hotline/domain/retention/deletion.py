"""What may be deleted, what is being deleted, and the register of what was (E2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.reasons import Reason
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.retention.retention import KeptFor


@dataclass(frozen=True, slots=True)
class DeletionCandidate:
    """A recording with what its term is counted from. `call_id` and `number` are of its call in the ledger, if it is
    there; `listed_at`: since when it stands on the list of what may go; `discs`: labels of the discs that hold it."""

    entry: RecordingEntry
    kept: KeptFor
    call_id: int | None = None
    number: str = ""
    listed_at: datetime | None = None
    discs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deletion:
    """A row of the register: who deleted what, when, why, with the hash of the file. `found`: the file was still
    there. `finished_at` None: the file is still to be removed, or was a moment ago."""

    recording_id: int
    node: str
    linkedid: str
    kind: str
    started_at: datetime
    path: str
    peaks_path: str
    seconds: float | None
    size_bytes: int | None
    sha256: str
    deleted_at: datetime
    deleted_by: str
    why: Reason
    found: bool
    finished_at: datetime | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class DeletionFilter:
    """What the register is searched by; None or "" means any. [`since`, `until`) by the moment of deletion. `text`:
    part of the path, the call's id, the hash, the reason or who did it."""

    since: datetime | None = None
    until: datetime | None = None
    text: str = ""
