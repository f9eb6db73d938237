"""What is told of ratings to whoever listens."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.outbox import OutboxEntry
from hotline.services.outbox_topics import RATING
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Transaction


def tell(tx: Transaction, rating_id: int | None, what: str, now: datetime) -> None:
    """`what`: offered or answered."""
    Outbox(tx).add([OutboxEntry(RATING, {"id": rating_id, "what": what, "at": now.isoformat()}, now)])
