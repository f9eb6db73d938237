"""What may be dialled, and when (A17)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.dialling.dial import Wish
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

_MAINLAND = "+86"


def require_permitted(tx: Transaction, settings: Settings, actor: Actor, wish: Wish, now: datetime) -> None:
    """Raises Refused, by the reason's own code."""
    if not wish.number:
        raise Refused("dialling.no_number", field="number")
    if not wish.number.startswith(_MAINLAND):
        raise Refused("dialling.not_mainland", field="number")
