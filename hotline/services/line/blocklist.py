"""The list of callers who are turned away, as its page shows and changes it (A15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.line.frequent import MANY, FrequentCaller, frequent
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.line import line
from hotline.services.looks import note_look
from hotline.settings import Settings
from hotline.storage.calls.frequent import often_called
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.transaction import Storage

_LOOKED_BACK = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SeenBlocklist:
    """`frequent`: who called again and again within a day and is not blocked."""

    blocked: Sequence[BlockedNumber]
    frequent: Sequence[FrequentCaller]


def see_blocklist(storage: Storage, actor: Actor, now: datetime) -> SeenBlocklist:
    """Raises Forbidden."""
    require_right(Act.DECIDE_BLOCKS, actor)
    with storage.reading() as tx:
        blocked = BlocklistStore(tx).list(now)
        calls = often_called(tx, now - _LOOKED_BACK, MANY)
    known = {each.number for each in blocked}
    again = [each for each in frequent(calls) if each.number not in known]
    note_look(storage, actor, now, "blocklist.view", "blocklist", f"{len(blocked)} numbers")
    return SeenBlocklist(blocked, again)


def block_caller(
    storage: Storage, settings: Settings, number: str, reason: str, days: int | None, actor: Actor, now: datetime
) -> BlockedNumber:
    """Turn a caller away for so many days, or until lifted. Raises Forbidden, and Refused as `line.block` does."""
    require_right(Act.DECIDE_BLOCKS, actor)
    expires_at = None if days is None else now + timedelta(days=days)
    return line.block(storage, settings, number, reason, actor.name, now, expires_at)


def lift_block(storage: Storage, number: str, actor: Actor, now: datetime) -> str:
    """Let a caller through again; the number. Raises Forbidden, NotFound."""
    require_right(Act.DECIDE_BLOCKS, actor)
    return line.unblock(storage, number, actor.name, now)
