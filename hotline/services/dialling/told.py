"""Whoever dials sees at their console how far it has come: by the push, when it changes."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.dialling.dial import Dial
from hotline.domain.outbox import OutboxEntry
from hotline.services.outbox_topics import DIAL
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Transaction


def tell(tx: Transaction, dial: Dial, now: datetime) -> None:
    """In the transaction that changes it."""
    Outbox(tx).add([OutboxEntry(DIAL, {"id": dial.id, "extension": dial.extension}, now)])
