"""The chain of kept recordings: each entry's hash covers the entry and the hash before it, a chain each day of keeping.

Who changes, swaps or takes away an entry behind the program's back would have to write anew every hash of that day that
follows. The file is covered by its own SHA-256, which is part of the entry.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.time import SHANGHAI


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """The last entry of a day's chain; 0 and "" before the first."""

    number: int = 0
    hash: str = ""


def day_of(moment: datetime) -> str:
    """YYYY-MM-DD in Shanghai."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d}"


def entry_hash(previous: str, entry: RecordingEntry) -> str:
    """SHA-256, in hex, of the entry after the one with the hash `previous` ("" for the day's first)."""
    covered = {
        "chain_day": entry.chain_day,
        "chain_number": entry.chain_number,
        "node": entry.node,
        "linkedid": entry.linkedid,
        "kind": entry.kind,
        "started_at": entry.started_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "seconds": f"{entry.seconds or 0:.3f}",
        "path": entry.path,
        "sha256": entry.sha256,
        "previous": previous,
    }
    canonical = json.dumps(covered, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def chained(entry: RecordingEntry, end: ChainEnd, day: str) -> RecordingEntry:
    """The entry as the next one of that day's chain."""
    placed = replace(entry, chain_day=day, chain_number=end.number + 1)
    return replace(placed, chain_hash=entry_hash(end.hash, placed))
