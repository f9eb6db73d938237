"""A17: who asked to dial what, and what a supervisor decided."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, or_, select, update

from hotline.domain.batches import batches
from hotline.domain.dialling.approval import DialApproval
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.storage.dialling.tables import dial_approval
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_ROW = dial_approval.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(DialApproval))


def approval_of(row: Row[Any]) -> DialApproval:
    return DialApproval(**{name: getattr(row, name) for name in _COLUMNS})


class DialApprovalStore(TableStore):
    def add(self, new: DialApproval) -> DialApproval:
        values = {name: getattr(new, name) for name in _COLUMNS if name != "id"}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(dial_approval).values(values))))

    def by_id(self, approval_id: int) -> DialApproval | None:
        found = self._read(select(dial_approval).where(_ROW.id == approval_id))
        return found[0] if found else None

    def live(self, number: Number, asked_by: str, now: datetime) -> DialApproval | None:
        """What this user asked for this number and is neither used, refused nor expired; the latest."""
        wanted = select(dial_approval).where(
            _ROW.number == number,
            _ROW.asked_by == asked_by,
            _ROW.used_at.is_(None),
            or_(_ROW.granted.is_(None), _ROW.granted),
            _ROW.expires_at > now,
        )
        found = self._read(wanted.order_by(_ROW.id.desc()).limit(1))
        return found[0] if found else None

    def listed(
        self, asked_by: Collection[str] | None, limit: int, waiting_at: datetime | None = None
    ) -> list[DialApproval]:
        """Newest first. `asked_by`: user names; None: anybody. `waiting_at`: those that wait then alone."""
        wanted = select(dial_approval).order_by(_ROW.id.desc()).limit(limit)
        if asked_by is not None:
            wanted = wanted.where(_ROW.asked_by.in_(sorted(asked_by)))
        if waiting_at is not None:
            wanted = wanted.where(_ROW.granted.is_(None), _ROW.expires_at > waiting_at)
        return self._read(wanted)

    def waiting(self, but: str, now: datetime) -> int:
        """How many wait for a decision on what somebody else than this user asked for."""
        wait = (_ROW.granted.is_(None), _ROW.expires_at > now, _ROW.asked_by != but)
        return self._connection.scalar(select(func.count()).select_from(dial_approval).where(*wait)) or 0

    def decide(self, approval_id: int, granted: bool, by: str, note: str, expires_at: datetime, now: datetime) -> bool:
        """False when it was decided already, or is too old to be."""
        open_ = update(dial_approval).where(_ROW.id == approval_id, _ROW.granted.is_(None), _ROW.expires_at > now)
        values = {"granted": granted, "decided_by": by, "decided_at": now, "note": note, "expires_at": expires_at}
        return self._connection.execute(open_.values(values)).rowcount == 1

    def use(self, approval_id: int, now: datetime) -> bool:
        """False when it was not granted, or was used or has expired: of two at once one gets it."""
        granted = update(dial_approval).where(
            _ROW.id == approval_id, _ROW.granted, _ROW.used_at.is_(None), _ROW.expires_at > now
        )
        return self._connection.execute(granted.values(used_at=now)).rowcount == 1

    def give_back(self, number: Number, asked_by: str, used_at: datetime) -> None:
        """What was used for a dial that reached nobody's network may be used again."""
        used = update(dial_approval).where(
            _ROW.number == number, _ROW.asked_by == asked_by, _ROW.used_at == used_at, _ROW.number != NO_NUMBER
        )
        self._connection.execute(used.values(used_at=None))

    def of_numbers(self, numbers: Collection[Number]) -> list[DialApproval]:
        """Newest first."""
        return self._read(select(dial_approval).where(_ROW.number.in_(sorted(numbers))).order_by(_ROW.id.desc()))

    def forget(self, ids: Collection[int]) -> None:
        """Whom they were to reach, and why; that somebody asked, and who decided, stays (A17)."""
        for some in batches(sorted(ids)):
            self._connection.execute(
                update(dial_approval).where(_ROW.id.in_(some)).values(number="", reason="", note="")
            )

    def _read(self, wanted: Select[Any]) -> list[DialApproval]:
        return [approval_of(row) for row in self._connection.execute(wanted)]
