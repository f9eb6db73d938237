"""The list of callers who are turned away, as its page shows and changes it (A15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.line.blocked_prefix import BlockedPrefix, is_prefix
from hotline.domain.line.frequent import FrequentCaller, Often, frequent
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.line import line
from hotline.services.line.prefixes import block_prefix, unblock_prefix
from hotline.services.looks import note_look
from hotline.settings import Settings
from hotline.storage.calls.frequent import often_called, often_silent
from hotline.storage.line.blocked_prefixes import BlockedPrefixStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.transaction import Storage

_LOOKED_BACK = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SeenBlocklist:
    """`frequent`: who called again and again within a day and is not blocked; `silent`: who said nothing, again and
    again."""

    blocked: Sequence[BlockedNumber]
    prefixes: Sequence[BlockedPrefix]
    frequent: Sequence[FrequentCaller]
    silent: Sequence[FrequentCaller]


def see_blocklist(storage: Storage, settings: Settings, actor: Actor, now: datetime) -> SeenBlocklist:
    """Raises Forbidden."""
    require_right(Act.DECIDE_BLOCKS, actor)
    kept, since = settings.blocklist, now - _LOOKED_BACK
    with storage.reading() as tx:
        blocked = BlocklistStore(tx).list(now)
        prefixes = BlockedPrefixStore(tx).list(now)
        calls = often_called(tx, since, kept.many_calls)
        unheard = often_silent(tx, since, kept.silent_calls)
    known = {each.number for each in blocked}

    def others(found: Sequence[FrequentCaller]) -> list[FrequentCaller]:
        return [each for each in found if each.number not in known and not any(p.fits(each.number) for p in prefixes)]

    again = others(frequent(calls, Often(kept.many_calls, timedelta(minutes=kept.within_minutes))))
    silent = others(frequent(unheard, Often(kept.silent_calls, _LOOKED_BACK)))
    note_look(storage, actor, now, "blocklist.view", "blocklist", f"{len(blocked) + len(prefixes)} numbers")
    return SeenBlocklist(blocked, prefixes, again, silent)


def block_caller(
    storage: Storage, settings: Settings, number: str, reason: str, days: int | None, actor: Actor, now: datetime
) -> str:
    """Turn a caller away for so many days, or until lifted; as it stands in the list. "1381234*": whoever calls from a
    number that begins so. Raises Forbidden, and Refused as `line.block` and `block_prefix` do."""
    require_right(Act.DECIDE_BLOCKS, actor)
    expires_at = None if days is None else now + timedelta(days=days)
    if is_prefix(number):
        return block_prefix(storage, settings, number, reason, actor.name, now, expires_at).written
    return line.block(storage, settings, number, reason, actor.name, now, expires_at).number


def lift_block(storage: Storage, number: str, actor: Actor, now: datetime) -> str:
    """Let a caller through again, or all whose numbers begin so; as it stood in the list. Raises Forbidden,
    NotFound."""
    require_right(Act.DECIDE_BLOCKS, actor)
    if is_prefix(number):
        return unblock_prefix(storage, number, actor.name, now)
    return line.unblock(storage, number, actor.name, now)
