"""Nobody is ready before they have read what must be read before."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.reasons import Reason, because
from hotline.services.bulletins.readers import units_of
from hotline.services.ready_guard import ReadyGuard
from hotline.settings import Settings
from hotline.storage.bulletins.store import BulletinStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def _why_not(tx: Transaction, settings: Settings, extension: str, now: datetime) -> Reason | None:
    person = StaffStore(tx).holder(extension, now)
    if person is None or person.id is None:
        return None
    unread = BulletinStore(tx).unread(person.id, units_of(tx, person.id, now))
    titles = tuple(each.title for each in unread if each.before_ready)
    return because("bulletins.read_first", titles=titles) if titles else None


READY_GUARD = ReadyGuard(_why_not)
