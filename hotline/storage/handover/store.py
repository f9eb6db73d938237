"""Shifts that were handed over (`ShiftHandoverStore`)."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, or_, select, update

from hotline.domain.handover.handover import HandedMatter, ShiftHandover
from hotline.storage.handover.tables import handed_matter, shift_handover
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_PLAIN = tuple(each.name for each in dataclasses.fields(ShiftHandover) if each.name not in ("id", "matters"))
_MATTER = tuple(each.name for each in dataclasses.fields(HandedMatter))
_H = shift_handover.c


class ShiftHandoverStore(TableStore):
    def add(self, new: ShiftHandover) -> ShiftHandover:
        """Raises Conflict when this person has handed over this shift."""
        values = {name: getattr(new, name) for name in _PLAIN}
        added = dataclasses.replace(new, id=new_id(self._connection.execute(insert(shift_handover).values(values))))
        rows = [{"handover_id": added.id, **{name: getattr(each, name) for name in _MATTER}} for each in new.matters]
        if rows:
            self._connection.execute(insert(handed_matter), rows)
        return added

    def by_id(self, handover_id: int) -> ShiftHandover | None:
        return next(iter(self._found(select(shift_handover).where(_H.id == handover_id))), None)

    def waiting(self, limit: int = 100) -> list[ShiftHandover]:
        """That nobody has accepted, the oldest first."""
        return self._found(select(shift_handover).where(_H.accepted_at.is_(None)).order_by(_H.written_at).limit(limit))

    def count_waiting(self, person_id: int) -> int:
        """That this person may accept."""
        theirs = (_H.accepted_at.is_(None), _H.person_id != person_id)
        to = or_(_H.to_person_id.is_(None), _H.to_person_id == person_id)
        return self._connection.scalar(select(func.count()).select_from(shift_handover).where(*theirs, to)) or 0

    def between(self, since: datetime, until: datetime) -> list[ShiftHandover]:
        """By when they were written, the latest first."""
        wanted = select(shift_handover).where(_H.written_at >= since, _H.written_at < until)
        return self._found(wanted.order_by(_H.written_at.desc(), _H.id.desc()))

    def of_person(self, person_id: int, limit: int) -> list[ShiftHandover]:
        """Written or accepted by them, the latest first."""
        theirs = or_(_H.person_id == person_id, _H.accepted_by_id == person_id)
        return self._found(
            select(shift_handover).where(theirs).order_by(_H.written_at.desc(), _H.id.desc()).limit(limit)
        )

    def ends_handed_over(self, since: datetime) -> list[tuple[int, datetime | None]]:
        """Whose shifts that ended from then on were handed over, by person and end."""
        rows = self._connection.execute(select(_H.person_id, _H.shift_ends_at).where(_H.shift_ends_at >= since))
        return [(row.person_id, row.shift_ends_at) for row in rows]

    def accept(self, handover_id: int, person_id: int, answer: str, now: datetime) -> bool:
        """False when somebody was faster."""
        still = update(shift_handover).where(_H.id == handover_id, _H.accepted_at.is_(None))
        done = still.values(accepted_by_id=person_id, accepted_at=now, answer=answer)
        return self._connection.execute(done).rowcount == 1

    def _found(self, wanted: Select[Any]) -> list[ShiftHandover]:
        rows = list(self._connection.execute(wanted))
        matters = self._matters([row.id for row in rows])
        return [
            ShiftHandover(**{name: getattr(row, name) for name in _PLAIN}, matters=tuple(matters[row.id]), id=row.id)
            for row in rows
        ]

    def _matters(self, ids: Iterable[int]) -> dict[int, list[HandedMatter]]:
        found: dict[int, list[HandedMatter]] = defaultdict(list)
        wanted = select(handed_matter).where(handed_matter.c.handover_id.in_(list(ids))).order_by(handed_matter.c.id)
        for row in self._connection.execute(wanted):
            found[row.handover_id].append(HandedMatter(**{name: getattr(row, name) for name in _MATTER}))
        return found
