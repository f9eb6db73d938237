"""Late starts and empty shifts (`MissedStartStore`)."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update

from hotline.domain.adherence.adherence import Missed, MissedStart, StartDecision
from hotline.storage.adherence.tables import missed_start
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_COLUMNS = tuple(each.name for each in dataclasses.fields(MissedStart) if each.name != "id")
_M = missed_start.c


class MissedStartStore(TableStore):
    def by_id(self, missed_id: int) -> MissedStart | None:
        return next(iter(self._found(select(missed_start).where(_M.id == missed_id))), None)

    def between(self, since: datetime, until: datetime) -> list[MissedStart]:
        """By when the shift began, the latest first."""
        wanted = select(missed_start).where(_M.starts_at >= since, _M.starts_at < until)
        return self._found(wanted.order_by(_M.starts_at.desc(), _M.person_id))

    def undecided(self) -> int:
        """Explained, and still to be decided."""
        waiting = (_M.decision == StartDecision.OPEN.value, _M.explained_at.is_not(None))
        return self._connection.scalar(select(func.count()).select_from(missed_start).where(*waiting)) or 0

    def add(self, new: MissedStart) -> MissedStart:
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(missed_start).values(_values(new)))))

    def came(self, missed_id: int, kind: Missed, came_at: datetime | None) -> None:
        """What is known of it by now; what people have said of it stays."""
        known = update(missed_start).where(_M.id == missed_id)
        self._connection.execute(known.values(kind=kind.value, came_at=came_at))

    def explain(self, missed_id: int, words: str, now: datetime) -> bool:
        """False when it has been decided."""
        still = update(missed_start).where(_M.id == missed_id, _M.decision == StartDecision.OPEN.value)
        return self._connection.execute(still.values(explanation=words, explained_at=now)).rowcount == 1

    def decide(self, changed: MissedStart) -> bool:
        """False when somebody was faster."""
        still = update(missed_start).where(_M.id == changed.id, _M.decision == StartDecision.OPEN.value)
        by = {"decided_by": changed.decided_by, "decided_at": changed.decided_at}
        return self._connection.execute(still.values(decision=changed.decision.value, **by)).rowcount == 1

    def _found(self, wanted: Select[Any]) -> list[MissedStart]:
        return [_missed(row) for row in self._connection.execute(wanted)]


def _values(one: MissedStart) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _COLUMNS}
    return {**values, "kind": one.kind.value, "decision": one.decision.value}


def _missed(row: Row[Any]) -> MissedStart:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return MissedStart(**{**values, "kind": Missed(row.kind), "decision": StartDecision(row.decision)}, id=row.id)
