"""Who knows which ring group; and the secrets of calendar feeds."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import delete, insert, select

from hotline.domain.shifts.skill import SkillLevel
from hotline.storage.shifts.tables import queue_skill, shift_feed
from hotline.storage.transaction import TableStore


class SkillStore(TableStore):
    def all(self) -> dict[int, dict[str, SkillLevel]]:
        """By person, then by ring group."""
        found: defaultdict[int, dict[str, SkillLevel]] = defaultdict(dict)
        for row in self._connection.execute(select(queue_skill)):
            found[row.person_id][row.queue] = SkillLevel(row.level)
        return found

    def put(self, person_id: int, queue: str, level: SkillLevel | None) -> None:
        """None: not at all, or nothing is known of it."""
        its = (queue_skill.c.person_id == person_id, queue_skill.c.queue == queue)
        self._connection.execute(delete(queue_skill).where(*its))
        if level is not None:
            values = {"person_id": person_id, "queue": queue, "level": int(level)}
            self._connection.execute(insert(queue_skill).values(values))


class FeedStore(TableStore):
    def person_of(self, secret_hash: str) -> int | None:
        wanted = select(shift_feed.c.person_id).where(shift_feed.c.secret_hash == secret_hash)
        return self._connection.scalar(wanted)

    def made_at(self, person_id: int) -> datetime | None:
        return self._connection.scalar(select(shift_feed.c.made_at).where(shift_feed.c.person_id == person_id))

    def put(self, person_id: int, secret_hash: str, now: datetime) -> None:
        """In place of the one that there was."""
        self.revoke(person_id)
        values = {"person_id": person_id, "secret_hash": secret_hash, "made_at": now}
        self._connection.execute(insert(shift_feed).values(values))

    def revoke(self, person_id: int) -> bool:
        gone = delete(shift_feed).where(shift_feed.c.person_id == person_id)
        return self._connection.execute(gone).rowcount > 0
