"""The audit log (F8) as a chain: each entry's hash covers the entry and the hash before it.

Who changes, takes away or adds an entry behind the program's back would have to write anew every hash that follows;
whoever has noted the newest hash elsewhere finds that too. Entries from before the chain have no hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who saw, played, exported or changed what. `action`: call.view, user.add…; `object`: call:17, user:li…"""

    at: datetime
    who: str
    action: str
    object: str
    detail: str = ""
    hash: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What the log is searched by; "" or None means any. [`since`, `until`).

    `action` and `object` also find what lies below them: "user" finds "user.add", "call" finds "call:17".
    """

    who: str = ""
    action: str = ""
    object: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """What a walk along the chain found. `unchained`: entries from before it; `head`: the newest hash, "" for none.

    `broken_id`: the first entry that is not what it was when it was written, or does not follow the one before it;
    None when all is whole. `known`: whether the hash that was asked for stands in the chain.
    """

    unchained: int
    chained: int
    head: str
    broken_id: int | None = None
    known: bool = False


def entry_hash(previous: str, entry: AuditEntry) -> str:
    """SHA-256, in hex, of the entry after the one with the hash `previous` ("" for the first)."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [previous, at, entry.who, entry.action, entry.object, entry.detail]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def verify(entries: Iterable[AuditEntry], noted: str = "") -> ChainVerdict:
    """Walk along `entries` (all of the log, by id) up to the first that is broken; look for the hash `noted`."""
    unchained = chained = 0
    head, known = "", False
    for entry in entries:
        if not chained and not entry.hash:
            unchained += 1
            continue
        if entry.hash != entry_hash(head, entry):
            return ChainVerdict(unchained, chained, head, entry.id, known)
        chained += 1
        head = entry.hash
        known = known or head == noted
    return ChainVerdict(unchained, chained, head, None, known)
