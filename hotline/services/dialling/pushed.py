"""Whoever dials is told how far the dial has come."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor
from hotline.services.dialling.own_dials import DialView, dial_view
from hotline.services.outbox_topics import DIAL
from hotline.services.pushed import Pushed
from hotline.settings import Settings
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Transaction


def _show(tx: Transaction, settings: Settings, dial_id: int, actor: Actor, now: datetime) -> DialView | None:
    """Nobody else, be the extension theirs now."""
    dial = DialStore(tx).by_id(dial_id)
    return dial_view(tx, dial, actor) if dial is not None and dial.user == actor.name else None


PUSHED = Pushed(DIAL, _show)
