"""Files that hang on the notice board."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.retention.privacy import KeptCall
from hotline.services.attached import AttachedTo
from hotline.services.bulletins.bulletins import bulletin_of, require_to_manage, require_to_see
from hotline.storage.transaction import Transaction


def _require_see(tx: Transaction, bulletin_id: int, actor: Actor, now: datetime) -> None:
    require_to_see(tx, bulletin_of(tx, bulletin_id), actor, now)


def _require_add(tx: Transaction, bulletin_id: int, actor: Actor, now: datetime) -> None:
    require_to_manage(bulletin_of(tx, bulletin_id), actor)


def _of_call(call: KeptCall) -> Iterable[int]:
    """None is written because of a call."""
    return ()


ATTACHED = AttachedTo("bulletin", _require_see, _require_add, _of_call)
