"""Contests of verdicts."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from hotline.domain.batches import batches
from hotline.domain.verdicts.contest import Contest, ContestDecision
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore
from hotline.storage.verdicts.tables import rule_verdict, verdict_contest

_COLUMNS = tuple(each.name for each in dataclasses.fields(Contest) if each.name != "id")
_C = verdict_contest.c
_OPEN = _C.decision == ContestDecision.OPEN.value


class ContestStore(TableStore):
    def add(self, new: Contest) -> Contest:
        """Raises Conflict when there is one of the same verdict."""
        made = self._connection.execute(insert(verdict_contest).values(_values(new)))
        return dataclasses.replace(new, id=new_id(made))

    def by_id(self, contest_id: int) -> Contest | None:
        row = self._connection.execute(select(verdict_contest).where(_C.id == contest_id)).first()
        return _contest(row) if row else None

    def of(self, verdict_ids: Collection[int]) -> dict[int, Contest]:
        """By the verdict's id."""
        found: dict[int, Contest] = {}
        for some in batches(sorted(verdict_ids)):
            rows = self._connection.execute(select(verdict_contest).where(_C.verdict_id.in_(some)))
            found |= {row.verdict_id: _contest(row) for row in rows}
        return found

    def newest(self, open_only: bool, limit: int, offset: int = 0) -> list[Contest]:
        wanted = select(verdict_contest).order_by(_C.id.desc()).limit(limit).offset(offset)
        return [_contest(row) for row in self._connection.execute(wanted.where(_OPEN) if open_only else wanted)]

    def waiting(self, person_id: int) -> int:
        """Open ones that are not about this person."""
        wanted = select(func.count()).select_from(verdict_contest)
        wanted = wanted.join(rule_verdict, rule_verdict.c.id == _C.verdict_id)
        return self._connection.scalar(wanted.where(_OPEN, rule_verdict.c.person_id != person_id)) or 0

    def decide(self, decided: Contest) -> bool:
        """False when somebody was faster."""
        still = update(verdict_contest).where(_C.id == decided.id, _OPEN)
        return self._connection.execute(still.values(_values(decided))).rowcount == 1


def _values(one: Contest) -> dict[str, Any]:
    return {**{name: getattr(one, name) for name in _COLUMNS}, "decision": one.decision.value}


def _contest(row: Row[Any]) -> Contest:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return Contest(**{**values, "decision": ContestDecision(row.decision)}, id=row.id)
