"""What can be wrong with the store of recordings, and what the chain alone shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hotline.domain.recordings.chain import ChainEnd, day_of, entry_hash
from hotline.domain.recordings.recording import RecordingEntry


class TroubleKind(StrEnum):
    CHANGED = "changed"
    TRUNCATED = "truncated"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNREGISTERED = "unregistered"  # said to be deleted, and the register of deletions does not know it
    EXTRA = "extra"  # a file that no entry knows
    MISSING_ENTRY = "missing_entry"  # a number of the chain that nobody has
    BROKEN_CHAIN = "broken_chain"  # an entry is not what was written, or does not follow the one before it
    WRONG_ORDER = "wrong_order"  # an entry stands where another one stood


@dataclass(frozen=True, slots=True)
class Trouble:
    """`path`: the file it is about; `expected` and `found`: sizes, hashes or numbers, in words."""

    kind: TroubleKind
    path: str
    expected: str
    found: str
    recording_id: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Where a walk along the chains stands: the entry before, and when that was kept."""

    day: str = ""
    end: ChainEnd = field(default_factory=ChainEnd)
    kept_at: datetime | None = None


def follow(before: Link, entry: RecordingEntry) -> tuple[Link, tuple[Trouble, ...]]:
    """One step further along the chains, days and numbers ascending."""
    same_day = before.day == entry.chain_day
    end = before.end if same_day else ChainEnd()
    number, stored = entry.chain_number or 0, entry.chain_hash
    after = Link(entry.chain_day or "", ChainEnd(number, stored), entry.kept_at)
    where = f"{entry.chain_day} no. {number}"
    if number != end.number + 1:
        wanted = f"{entry.chain_day} no. {end.number + 1}"
        return after, (Trouble(TroubleKind.MISSING_ENTRY, entry.path, wanted, where, entry.id),)
    if entry.kept_at is None or day_of(entry.kept_at) != entry.chain_day:
        kept = f"kept on {day_of(entry.kept_at)}" if entry.kept_at else "never kept"
        return after, (Trouble(TroubleKind.WRONG_ORDER, entry.path, f"kept on {entry.chain_day}", kept, entry.id),)
    wanted = entry_hash(end.hash, entry)
    if wanted == stored:
        return after, ()
    earlier = same_day and before.kept_at is not None and entry.kept_at < before.kept_at
    kind = TroubleKind.WRONG_ORDER if earlier else TroubleKind.BROKEN_CHAIN
    return after, (Trouble(kind, entry.path, f"{where}, hash {wanted}", f"hash {stored or 'none'}", entry.id),)
