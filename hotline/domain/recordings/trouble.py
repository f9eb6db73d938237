"""What can be wrong with the store of recordings, and what the chain alone shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hotline.domain.reasons import Reason, because
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
    """`path`: the file it is about; `expected` and `found`: sizes, hashes or numbers."""

    kind: TroubleKind
    path: str
    expected: Reason
    found: Reason
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
    if number != end.number + 1:
        wanted = because("recordings.chain_place", day=entry.chain_day, number=end.number + 1)
        where = because("recordings.chain_place", day=entry.chain_day, number=number)
        return after, (Trouble(TroubleKind.MISSING_ENTRY, entry.path, wanted, where, entry.id),)
    if entry.kept_at is None or day_of(entry.kept_at) != entry.chain_day:
        wanted = because("recordings.kept_on", day=entry.chain_day)
        kept = (
            because("recordings.kept_on", day=day_of(entry.kept_at))
            if entry.kept_at
            else because("recordings.never_kept")
        )
        return after, (Trouble(TroubleKind.WRONG_ORDER, entry.path, wanted, kept, entry.id),)
    right = entry_hash(end.hash, entry)
    if right == stored:
        return after, ()
    earlier = same_day and before.kept_at is not None and entry.kept_at < before.kept_at
    kind = TroubleKind.WRONG_ORDER if earlier else TroubleKind.BROKEN_CHAIN
    wanted = because("recordings.chain_hash", day=entry.chain_day, number=number, hash=right)
    written = because("recordings.chain_hash", day=entry.chain_day, number=number, hash=stored or "-")
    return after, (Trouble(kind, entry.path, wanted, written, entry.id),)
