"""Numbers that are turned away by how they begin (A15)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.errors import NotFound, Refused
from hotline.domain.line.blocked_prefix import BlockedPrefix, read_prefix
from hotline.domain.numbers import normalise
from hotline.services.line.line import own_numbers, require_ahead, require_words
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.line.blocked_prefixes import BlockedPrefixStore
from hotline.storage.transaction import Storage


def block_prefix(
    storage: Storage,
    settings: Settings,
    written: str,
    reason: str,
    by: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> BlockedPrefix:
    """Turn away whoever calls from a number that begins so, "1381234*", until `expires_at` or until lifted; an older
    block of the same gives way. Raises Refused for what is no such beginning or too short, for one that our own numbers
    have, no reason, or an expiry not ahead."""
    prefix = read_prefix(written)
    if not prefix:
        raise Refused("line.prefix", field="number")
    require_ahead(expires_at, now)
    blocked = BlockedPrefix(prefix, require_words("reason", reason), require_words("by", by), now, expires_at)
    if own := next((number for number in map(normalise, own_numbers(settings)) if number and blocked.fits(number)), ""):
        raise Refused("line.own_number", number=own, field="number")
    with storage.writing() as tx:
        BlockedPrefixStore(tx).lift(prefix, now)
        added = BlockedPrefixStore(tx).add(blocked)
        AuditLog(tx).add(now, by, "blocklist.add", blocked.written, blocked.reason)
    return added


def unblock_prefix(storage: Storage, written: str, by: str, now: datetime) -> str:
    """Let these callers through again; as it stood in the list. Raises NotFound when it does not."""
    prefix = read_prefix(written)
    with storage.writing() as tx:
        if not prefix or not BlockedPrefixStore(tx).lift(prefix, now):
            raise NotFound("line.not_blocked", number=written[:60])
        AuditLog(tx).add(now, by, "blocklist.remove", f"{prefix}*")
    return f"{prefix}*"


def blocked_prefixes(storage: Storage, now: datetime) -> list[BlockedPrefix]:
    """What holds now, newest first."""
    with storage.reading() as tx:
        return BlockedPrefixStore(tx).list(now)
