"""F8: that somebody looked is noted after the read, before they are shown anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hotline.domain.people import Actor
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction


def note_look(
    storage: Storage,
    actor: Actor,
    now: datetime,
    action: str,
    target: str,
    detail: str = "",
    also: Callable[[Transaction], object] | None = None,
) -> None:
    """In a transaction of its own: what was read before is read without the lock that calls are written under.
    `also` writes what the look itself changes, together with the entry."""
    with storage.writing() as tx:
        if also is not None:
            also(tx)
        AuditLog(tx).add(now, actor.name, action, target, detail)
