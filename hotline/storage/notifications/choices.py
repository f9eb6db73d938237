"""How people want to be told: their own addresses at gateways, and their choices a kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from sqlalchemy import delete, insert, select

from hotline.domain.notifications.kind import Choice, Quiet
from hotline.domain.notifications.notification import Way
from hotline.storage.inserted import new_id
from hotline.storage.notifications.tables import notification_choice, notification_way
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import rewriting


class WayStore(TableStore):
    def of(self, person_id: int) -> Sequence[Way]:
        rows = self._connection.execute(
            select(notification_way).where(notification_way.c.person_id == person_id).order_by(notification_way.c.id)
        )
        return [Way(row.person_id, row.url, row.added_at, row.added_by, row.id) for row in rows]

    def by_id(self, way_id: int) -> Way | None:
        row = self._connection.execute(select(notification_way).where(notification_way.c.id == way_id)).first()
        return Way(row.person_id, row.url, row.added_at, row.added_by, row.id) if row else None

    def add(self, way: Way) -> int:
        values = {"person_id": way.person_id, "url": way.url, "added_at": way.added_at, "added_by": way.added_by}
        return new_id(self._connection.execute(insert(notification_way).values(values)))

    def remove(self, person_id: int, way_id: int) -> bool:
        wanted = (notification_way.c.id == way_id) & (notification_way.c.person_id == person_id)
        return self._connection.execute(delete(notification_way).where(wanted)).rowcount == 1


class ChoiceStore(TableStore):
    def of(self, person_id: int) -> Sequence[Choice]:
        rows = self._connection.execute(select(notification_choice).where(notification_choice.c.person_id == person_id))
        return [
            Choice(row.person_id, row.kind, row.mail, row.chat, _quiet(row.quiet_from, row.quiet_until)) for row in rows
        ]

    def keep(self, choice: Choice) -> None:
        values = {
            "person_id": choice.person_id,
            "kind": choice.kind,
            "mail": choice.mail,
            "chat": choice.chat,
            "quiet_from": f"{choice.quiet.starts:%H:%M}" if choice.quiet else "",
            "quiet_until": f"{choice.quiet.until:%H:%M}" if choice.quiet else "",
        }
        self._connection.execute(rewriting(self._connection, notification_choice, "person_id", "kind"), values)


def _quiet(starts: str, until: str) -> Quiet | None:
    return Quiet(time.fromisoformat(starts), time.fromisoformat(until)) if starts and until else None
