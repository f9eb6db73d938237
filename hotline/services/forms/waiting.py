"""Log forms that somebody has to finish (B1)."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.services.forms.forms import unfinished_count
from hotline.services.waiting import Waiting
from hotline.storage.transaction import Transaction


def _unfinished(tx: Transaction, actor: Actor) -> int:
    return unfinished_count(tx, actor.extension) if actor.extension else 0


WAITING = Waiting({"forms": _unfinished})
