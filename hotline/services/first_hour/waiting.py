"""What is missing waits for whoever may mend it."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.services.first_hour.findings import MISSING
from hotline.services.waiting import Waiting
from hotline.storage.first_hour.store import FindingStore
from hotline.storage.transaction import Transaction


def _missing(tx: Transaction, actor: Actor) -> int:
    return FindingStore(tx).count(MISSING) if may(Act.CHANGE_SETTINGS, actor.roles) else 0


WAITING = Waiting({"missing": _missing})
