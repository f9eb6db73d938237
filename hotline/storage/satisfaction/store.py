"""Ratings: one a call, offered once, answered once."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from hotline.domain.batches import batches
from hotline.domain.numbers import Number
from hotline.domain.satisfaction.rating import LOW, SEARCHED_AS, Follow, Rating, RatingWay
from hotline.storage.inserted import new_id
from hotline.storage.kept_for import CallKey
from hotline.storage.satisfaction.tables import FOLLOWS, rating
from hotline.storage.search_index import SearchIndex
from hotline.storage.transaction import TableStore
from hotline.storage.whose import at_calls

_ROW = rating.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(Rating))

#: Asked while a phone rings: made once, since making it costs as much as asking.
_LAST_ANSWER = (
    select(rating)
    .where(_ROW.number == bindparam("number"), _ROW.answer.is_not(None))
    .order_by(_ROW.offered_at.desc(), _ROW.id.desc())
    .limit(1)
)


def rating_of(row: Row[Any]) -> Rating:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return Rating(**values | {"way": RatingWay(row.way), "follow": Follow(row.follow)})


class RatingStore(TableStore):
    def add(self, new: Rating) -> Rating:
        """Raises Conflict at the transaction's end when the call has one already."""
        values = {name: getattr(new, name) for name in _COLUMNS if name != "id"}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(rating).values(values))))

    def by_id(self, rating_id: int) -> Rating | None:
        row = self._connection.execute(select(rating).where(_ROW.id == rating_id)).first()
        return rating_of(row) if row else None

    def by_ids(self, ids: Collection[int]) -> dict[int, Rating]:
        found: dict[int, Rating] = {}
        for some in batches(sorted(ids)):
            found.update((row.id, rating_of(row)) for row in self._connection.execute(_those(some)))
        return found

    def of_calls(self, calls: Collection[CallKey]) -> dict[CallKey, Rating]:
        found: dict[CallKey, Rating] = {}
        for theirs in at_calls(calls):
            rows = self._connection.execute(select(rating).where(theirs(rating)))
            found.update(((row.node, row.linkedid), rating_of(row)) for row in rows)
        return found

    def of_call(self, node: str, linkedid: str) -> Rating | None:
        return self.of_calls([(node, linkedid)]).get((node, linkedid))

    def answer(self, rating_id: int, answer: int, at: datetime, comment: str, follow: Follow) -> bool:
        """Once; False when it was answered before."""
        open_ = update(rating).where(_ROW.id == rating_id, _ROW.answer.is_(None))
        values = {"answer": answer, "answered_at": at, "comment": comment, "follow": follow.value}
        return self._connection.execute(open_.values(values)).rowcount == 1

    def last_offer(self, number: Number, since: datetime) -> datetime | None:
        """When this number was asked last, since then."""
        wanted = select(_ROW.offered_at).where(_ROW.number == number, _ROW.offered_at >= since)
        return self._connection.scalar(wanted.order_by(_ROW.offered_at.desc()).limit(1))

    def last_answer(self, number: Number) -> Rating | None:
        """What they said last."""
        row = self._connection.execute(_LAST_ANSWER, {"number": number}).first()
        return rating_of(row) if row else None

    def last_low(self, number: Number) -> Rating | None:
        """What they said last, if it was low."""
        last = self.last_answer(number)
        return last if last is not None and (last.answer or 0) <= LOW else None

    def to_follow(self, limit: int) -> Sequence[Rating]:
        """Low answers that something still has to be opened for, the oldest first."""
        return [
            rating_of(row)
            for row in self._connection.execute(select(rating).where(FOLLOWS).order_by(_ROW.id).limit(limit))
        ]

    def followed(self, rating_id: int, case_id: int | None) -> bool:
        """Once; False when somebody else was quicker."""
        open_ = update(rating).where(_ROW.id == rating_id, FOLLOWS)
        return self._connection.execute(open_.values(follow="", case_id=case_id)).rowcount == 1

    def of_numbers(self, numbers: Collection[Number]) -> list[Rating]:
        """The oldest first."""
        wanted = select(rating).where(_ROW.number.in_(sorted(numbers))).order_by(_ROW.offered_at, _ROW.id)
        return [rating_of(row) for row in self._connection.execute(wanted)]

    def forget(self, ids: Collection[int]) -> int:
        """Whose they are and what they wrote; that somebody answered, and what, stays: no figure changes."""
        SearchIndex(self._connection).forget(SEARCHED_AS, sorted(ids))
        gone = update(rating).where(_ROW.id.in_(sorted(ids))).values(number="", comment="")
        return self._connection.execute(gone).rowcount


def _those(ids: Collection[int]) -> Any:
    return select(rating).where(_ROW.id.in_(ids))
