"""Dials: written before they begin, settled once."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, case, insert, or_, select, update

from hotline.domain.dialling.dial import SAID, Dial, DialOutcome
from hotline.domain.numbers import Number
from hotline.storage.dialling.tables import dial
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_ROW = dial.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(Dial))
_SAID = sorted(each.value for each in SAID)


def dial_of(row: Row[Any]) -> Dial:
    outcome = DialOutcome(row.outcome) if row.outcome else None
    return Dial(**{name: getattr(row, name) for name in _COLUMNS} | {"outcome": outcome})


class DialStore(TableStore):
    def add(self, new: Dial) -> Dial:
        """Raises Conflict at the transaction's end when another one is open of this operator, number or object."""
        values = {name: getattr(new, name) for name in _COLUMNS if name != "id"}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(dial).values(values))))

    def by_id(self, dial_id: int) -> Dial | None:
        row = self._connection.execute(select(dial).where(_ROW.id == dial_id)).first()
        return dial_of(row) if row else None

    def of_object(self, kind: str, object_id: int) -> list[Dial]:
        """Of what they were for, the oldest first."""
        wanted = select(dial).where(_ROW.object_kind == kind, _ROW.object_id == object_id)
        return [dial_of(row) for row in self._connection.execute(wanted.order_by(_ROW.asked_at, _ROW.id))]

    def of_linkedid(self, node: str, linkedid: str) -> Dial | None:
        row = self._connection.execute(select(dial).where(_ROW.node == node, _ROW.linkedid == linkedid)).first()
        return dial_of(row) if row else None

    def of_numbers(self, numbers: Collection[Number]) -> list[Dial]:
        """The oldest first."""
        wanted = select(dial).where(_ROW.number.in_(sorted(numbers))).order_by(_ROW.asked_at, _ROW.id)
        return [dial_of(row) for row in self._connection.execute(wanted)]

    def latest_to(self, number: Number, since: datetime, before: datetime) -> Dial | None:
        """The last that was asked for in [`since`, `before`)."""
        wanted = select(dial).where(_ROW.number == number, _ROW.asked_at >= since, _ROW.asked_at < before)
        row = self._connection.execute(wanted.order_by(_ROW.asked_at.desc(), _ROW.id.desc()).limit(1)).first()
        return dial_of(row) if row else None

    def open_ones(self) -> list[Dial]:
        """Those that have not ended, the oldest first."""
        rows = self._connection.execute(select(dial).where(_ROW.ended_at.is_(None)).order_by(_ROW.id))
        return [dial_of(row) for row in rows]

    def note(self, dial_id: int, ringing_at: datetime | None, answered_at: datetime | None) -> bool:
        """How far it has come; False when nothing is new."""
        same = _ROW.ringing_at.is_not_distinct_from(ringing_at) & _ROW.answered_at.is_not_distinct_from(answered_at)
        new = update(dial).where(_ROW.id == dial_id, _ROW.ended_at.is_(None), ~same)
        return self._connection.execute(new.values(ringing_at=ringing_at, answered_at=answered_at)).rowcount == 1

    def of_operator(self, extension: str) -> Dial | None:
        """What they dial now."""
        row = self._connection.execute(select(dial).where(_ROW.extension == extension, _ROW.ended_at.is_(None))).first()
        return dial_of(row) if row else None

    def last_of(self, user: str, since: datetime) -> Dial | None:
        """The latest that this user asked for since then."""
        wanted = select(dial).where(_ROW.user == user, _ROW.asked_at >= since)
        row = self._connection.execute(wanted.order_by(_ROW.asked_at.desc(), _ROW.id.desc()).limit(1)).first()
        return dial_of(row) if row else None

    def settle(self, dial_id: int, outcome: DialOutcome, ended_at: datetime, **changes: object) -> DialOutcome | None:
        """How it ended; None when that is known already. What the operator said of who answered stays."""
        open_ = update(dial).where(_ROW.id == dial_id, _ROW.ended_at.is_(None))
        ended = case((_ROW.outcome.in_(_SAID), _ROW.outcome), else_=outcome.value)
        values = {"outcome": ended if outcome is DialOutcome.REACHED else outcome.value, "ended_at": ended_at}
        if self._connection.execute(open_.values({**values, **changes})).rowcount != 1:
            return None
        return DialOutcome(self._connection.scalars(select(_ROW.outcome).where(_ROW.id == dial_id)).one())

    def say(self, dial_id: int, outcome: DialOutcome) -> bool:
        """Who or what answered, by the operator's word, once or corrected; False unless it was answered."""
        lasts = and_(_ROW.ended_at.is_(None), _ROW.answered_at.is_not(None))
        answered = or_(lasts, _ROW.outcome.in_([*_SAID, DialOutcome.REACHED.value]))
        said = update(dial).where(_ROW.id == dial_id, answered).values(outcome=outcome.value)
        return self._connection.execute(said).rowcount == 1

    def forget(self, ids: Collection[int]) -> int:
        """Whom they reached and what they were told; that there was a dial stays."""
        gone = update(dial).where(_ROW.id.in_(sorted(ids))).values(number="", reason="")
        return self._connection.execute(gone).rowcount
