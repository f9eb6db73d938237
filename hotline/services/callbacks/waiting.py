"""Callbacks that somebody could make now."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.waiting import Waiting
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.transaction import Transaction


def _to_be_made(tx: Transaction, actor: Actor) -> int:
    """Open ones that nobody has taken, and their own."""
    return CallbackStore(tx).waiting(actor.name) if may_ever(Act.TAKE_CALLBACK, actor.roles) else 0


WAITING = Waiting({"callbacks": _to_be_made})
