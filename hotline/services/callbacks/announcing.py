"""What is told of callbacks in the outbox: to browsers, and to what else listens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from hotline.domain.outbox import OutboxEntry
from hotline.services.outbox_topics import CALLBACK
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Transaction


def announce(tx: Transaction, what: str, callback_ids: Collection[int], now: datetime) -> None:
    """`what`: opened, taken, handed_back, tried, closed."""
    happened = ({"id": each, "what": what, "at": now.isoformat()} for each in sorted(callback_ids))
    Outbox(tx).add([OutboxEntry(CALLBACK, payload, now) for payload in happened])
