"""A dial that was refused is noted once, although its transaction was rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from hotline.domain.dialling.dial import Wish
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.services.dialling.limit_alerts import limit_is_hit
from hotline.services.dialling.permission import object_of
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage


@contextmanager
def refusal_noted(storage: Storage, actor: Actor, wish: Wish, now: datetime) -> Iterator[None]:
    """Around the transaction of a dial: what refuses it stands in the audit log, and a limit raises its alert."""
    try:
        yield
    except Refused as refused:
        with storage.writing() as tx:
            AuditLog(tx).add(now, actor.name, "dial.refused", object_of(wish), str(refused.reason))
            limit_is_hit(tx, actor, refused.reason, now)
        raise
