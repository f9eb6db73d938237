"""Raised hands: one an operator."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from hotline.domain.operators.hand import RaisedHand
from hotline.storage.operators.tables import raised_hand
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

#: Asked with every change of a call: made once, since making it costs as much as asking.
_OF_CALLS = select(raised_hand).where(raised_hand.c.linkedid.in_(bindparam("linkedids", expanding=True)))

_FIELDS = tuple(each.name for each in dataclasses.fields(RaisedHand))


def _hand(row: Row[Any]) -> RaisedHand:
    return RaisedHand(*(getattr(row, name) for name in _FIELDS))


class RaisedHandStore(TableStore):
    def all(self) -> Mapping[str, RaisedHand]:
        """By extension."""
        return {row.extension: _hand(row) for row in self._connection.execute(select(raised_hand))}

    def of_calls(self, linkedids: Sequence[str]) -> list[RaisedHand]:
        """Those that were raised in one of these calls, of any node."""
        rows = self._connection.execute(_OF_CALLS, {"linkedids": list(linkedids)})
        return [_hand(row) for row in rows]

    def raise_(self, hand: RaisedHand) -> bool:
        """False when this operator's is up already."""
        values = dataclasses.asdict(hand)
        new = insert_into(self._connection, raised_hand).on_conflict_do_nothing(index_elements=["extension"])
        added = self._connection.execute(new.values(values).returning(raised_hand.c.extension))
        return added.first() is not None

    def lower(self, extension: str) -> bool:
        """False when it was not up."""
        return self._connection.execute(delete(raised_hand).where(raised_hand.c.extension == extension)).rowcount == 1

    def see(self, extension: str, by_name: str, now: datetime) -> bool:
        """False when it was not up, or somebody has come before."""
        unseen = update(raised_hand).where(raised_hand.c.extension == extension, raised_hand.c.seen_at.is_(None))
        return self._connection.execute(unseen.values(seen_by=by_name, seen_at=now)).rowcount == 1
