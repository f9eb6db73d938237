"""Whoever has not read a posting when its day has passed is told, and so is who posted it; each once."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.bulletins.bulletin import Bulletin
from hotline.services.bulletins.notification_kinds import BULLETIN_NOT_READ_BY_ALL, BULLETIN_UNREAD
from hotline.services.bulletins.readers import readers, unread_by
from hotline.services.notifications.notify import notify
from hotline.services.staff.concerned import person_of_account
from hotline.storage.bulletins.store import BulletinStore
from hotline.storage.transaction import Storage, Transaction


def remind(storage: Storage, now: datetime) -> int:
    """How many were told."""
    with storage.reading() as tx:
        known = readers(tx, now)
        late = [(each, unread_by(tx, known, each)) for each in BulletinStore(tx).overdue(now)]
    wanting = [(bulletin, people) for bulletin, people in late if people]
    if not wanting:
        return 0
    with storage.writing() as tx:
        return sum(_tell(tx, bulletin, people, now) for bulletin, people in wanting)


def _tell(tx: Transaction, bulletin: Bulletin, people: list[int], now: datetime) -> int:
    about, once = f"bulletin:{bulletin.id}", f"bulletin:{bulletin.id}:unread"
    told = sum(
        notify(tx, [each], BULLETIN_UNREAD, about, now, once=f"{once}:{each}", title=bulletin.title) for each in people
    )
    poster = person_of_account(tx, bulletin.posted_by)
    if told and poster is not None and poster.id is not None:
        notify(
            tx,
            [poster.id],
            BULLETIN_NOT_READ_BY_ALL,
            about,
            now,
            once=f"{once}:poster",
            title=bulletin.title,
            count=len(people),
        )
    return told
