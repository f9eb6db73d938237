"""Notifications as people have them on their page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, delete, func, select, update

from hotline.domain.alert import Alert
from hotline.domain.batches import batches
from hotline.domain.notifications.notification import Notification
from hotline.domain.reasons import read_values, stored_values
from hotline.storage.notifications.tables import alert_told, notification
from hotline.storage.staff.tables import person
from hotline.storage.tables import alert
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

#: Asked every few seconds: made once, since making it costs as much as asking.
_MOST: BindParameter[int] = bindparam("most")
_TO_SPREAD = select(notification).where(notification.c.spread_at.is_(None)).order_by(notification.c.id).limit(_MOST)
_RAISED = (
    select(alert)
    .join(alert_told, alert_told.c.alert_id == alert.c.id, isouter=True)
    .where(alert.c.cleared_at.is_(None), alert_told.c.alert_id.is_(None))
    .order_by(alert.c.id)
    .limit(_MOST)
)
_OVER = (
    select(alert)
    .join(alert_told, alert_told.c.alert_id == alert.c.id)
    .where(alert.c.cleared_at.is_not(None), alert_told.c.over_at.is_(None))
    .order_by(alert.c.id)
    .limit(_MOST)
)


def _notification(row: Row[Any]) -> Notification:
    return Notification(
        person_id=row.person_id,
        kind=row.kind,
        object=row.object,
        at=row.at,
        values=read_values(row.given),
        address_group=row.address_group,
        deputy_for=row.deputy_for,
        once=row.once,
        read_at=row.read_at,
        id=row.id,
    )


class NotificationStore(TableStore):
    def add(self, told: Notification) -> int | None:
        """Its id; None when the same was told already (`once`)."""
        new = insert_into(self._connection, notification).on_conflict_do_nothing(
            index_elements=["person_id", "address_group", "once"]
        )
        values = {
            "person_id": told.person_id,
            "address_group": told.address_group,
            "kind": told.kind,
            "object": told.object,
            "given": stored_values(told.values),
            "deputy_for": told.deputy_for,
            "once": told.once,
            "at": told.at,
        }
        row = self._connection.execute(new.returning(notification.c.id), values).first()
        return row.id if row else None

    def by_ids(self, ids: Collection[int]) -> dict[int, Notification]:
        found: dict[int, Notification] = {}
        for some in batches(sorted(ids)):
            rows = self._connection.execute(select(notification).where(notification.c.id.in_(some)))
            found |= {row.id: _notification(row) for row in rows}
        return found

    def to_spread(self, limit: int) -> Sequence[Notification]:
        """Those of which nobody has decided yet by which ways they go out, oldest first."""
        return [_notification(row) for row in self._connection.execute(_TO_SPREAD, {"most": limit})]

    def spread(self, notification_id: int, now: dt.datetime) -> bool:
        """False when another was first."""
        wanted = (notification.c.id == notification_id) & notification.c.spread_at.is_(None)
        return self._connection.execute(update(notification).where(wanted).values(spread_at=now)).rowcount == 1

    def told_once(self, once: str) -> Sequence[tuple[int, str]]:
        """Who was told it: persons, and groups of addresses."""
        wanted = select(notification.c.person_id, notification.c.address_group).where(notification.c.once == once)
        return [(row.person_id, row.address_group) for row in self._connection.execute(wanted.distinct())]

    def of_person(
        self, person_id: int, kind: str = "", unread: bool = False, limit: int = 50, offset: int = 0
    ) -> Sequence[Notification]:
        """Newest first; `kind` "" is any."""
        wanted = select(notification).where(notification.c.person_id == person_id)
        if kind:
            wanted = wanted.where(notification.c.kind == kind)
        if unread:
            wanted = wanted.where(notification.c.read_at.is_(None))
        rows = self._connection.execute(wanted.order_by(notification.c.id.desc()).limit(limit).offset(offset))
        return [_notification(row) for row in rows]

    def unread(self, person_id: int) -> int:
        wanted = (notification.c.person_id == person_id) & notification.c.read_at.is_(None)
        return self._connection.scalar(select(func.count()).select_from(notification).where(wanted)) or 0

    def unread_of_user(self, user_id: int) -> int:
        """Of the person whose account it is."""
        theirs = notification.c.person_id.in_(select(person.c.id).where(person.c.user_id == user_id))
        wanted = select(func.count()).select_from(notification).where(theirs, notification.c.read_at.is_(None))
        return self._connection.scalar(wanted) or 0

    def read(self, person_id: int, now: dt.datetime, up_to: int, only: int | None = None) -> int:
        """Mark as read what they have up to this id, or one alone; how many were not read yet."""
        wanted = [notification.c.person_id == person_id, notification.c.read_at.is_(None)]
        wanted.append(notification.c.id <= up_to if only is None else notification.c.id == only)
        return self._connection.execute(update(notification).where(*wanted).values(read_at=now)).rowcount

    def forget(self, before: dt.datetime) -> int:
        """Delete what is older; how many there were. What goes out of them is deleted first."""
        return self._connection.execute(delete(notification).where(notification.c.at < before)).rowcount


class ToldAlertStore(TableStore):
    """Which alerts people have been told of."""

    def raised(self, limit: int = 100) -> Sequence[Alert]:
        """Open ones of which nobody was told, oldest first."""
        return [_alert(row) for row in self._connection.execute(_RAISED, {"most": limit})]

    def over(self, limit: int = 100) -> Sequence[Alert]:
        """Those that are over, of which people were told that they are open."""
        return [_alert(row) for row in self._connection.execute(_OVER, {"most": limit})]

    def tell(self, alert_id: int, now: dt.datetime) -> bool:
        """False when another was first."""
        first = insert_into(self._connection, alert_told).on_conflict_do_nothing(index_elements=["alert_id"])
        values = {"alert_id": alert_id, "told_at": now}
        return self._connection.execute(first.returning(alert_told.c.alert_id), values).first() is not None

    def tell_over(self, alert_id: int, now: dt.datetime) -> bool:
        wanted = (alert_told.c.alert_id == alert_id) & alert_told.c.over_at.is_(None)
        return self._connection.execute(update(alert_told).where(wanted).values(over_at=now)).rowcount == 1


def _alert(row: Row[Any]) -> Alert:
    return Alert(row.kind, row.object, row.detail, row.raised_at, row.cleared_at, row.id, row.arguments)
