"""F8: that somebody looked is noted after the read, before they are shown anything."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage


def note_look(storage: Storage, actor: Actor, now: datetime, action: str, target: str, detail: str = "") -> None:
    """In a transaction of its own: what was read before is read without the lock that calls are written under."""
    with storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, action, target, detail)
