"""What was answered to questionnaires."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, insert, literal, select, update

from hotline.domain.batches import batches
from hotline.domain.numbers import Number
from hotline.domain.satisfaction.figures import ReplyFigures
from hotline.domain.satisfaction.questionnaire import Reply, ReplyWay
from hotline.domain.visits.visit import VISIT
from hotline.storage.inserted import new_id
from hotline.storage.satisfaction.tables import questionnaire_reply, rating
from hotline.storage.transaction import TableStore

_ROW = questionnaire_reply.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(Reply))
_COUNTED = tuple(each.name for each in dataclasses.fields(ReplyFigures))
#: Its caller has answered for the very call already, by a key or a link.
_OF_RATED_CALL = and_(
    _ROW.linkedid != "",
    select(literal(1))
    .where(rating.c.node == _ROW.node, rating.c.linkedid == _ROW.linkedid, rating.c.answer.is_not(None))
    .correlate(questionnaire_reply)
    .exists(),
)


def _reply(row: Row[Any]) -> Reply:
    return Reply(**{name: getattr(row, name) for name in _COLUMNS} | {"way": ReplyWay(row.way)})


class ReplyStore(TableStore):
    def add(self, new: Reply) -> Reply:
        values = {name: getattr(new, name) for name in _COLUMNS if name != "id"}
        values |= {"way": new.way.value, "answers": dict(new.answers)}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(questionnaire_reply).values(values))))

    def between(self, code: str, since: datetime, until: datetime, limit: int) -> list[Reply]:
        """Of [`since`, `until`), the newest first."""
        wanted = select(questionnaire_reply).where(_ROW.code == code, _ROW.at >= since, _ROW.at < until)
        ordered = wanted.order_by(_ROW.at.desc(), _ROW.id.desc()).limit(limit)
        return [_reply(row) for row in self._connection.execute(ordered)]

    def of_object(self, object: str) -> list[Reply]:
        """The oldest first."""
        return self.of_objects([object])

    def of_objects(self, objects: Collection[str]) -> list[Reply]:
        """Those of each object, the oldest first."""
        found: list[Reply] = []
        for some in batches(sorted(objects)):
            wanted = select(questionnaire_reply).where(_ROW.object.in_(some)).order_by(_ROW.at, _ROW.id)
            found += map(_reply, self._connection.execute(wanted))
        return found

    def counted(self, since: datetime, until: datetime, satisfied_from: int) -> dict[str, ReplyFigures]:
        """By code, what was answered in [`since`, `until`)."""
        columns = (
            func.count().label("replies"),
            func.count(_ROW.score).label("scored"),
            func.coalesce(func.sum(_ROW.score), 0.0).label("total"),
            func.count().filter(_ROW.score >= satisfied_from).label("satisfied"),
            func.count(_ROW.score).filter(_OF_RATED_CALL).label("rated"),
            func.coalesce(func.sum(_ROW.score).filter(_OF_RATED_CALL), 0.0).label("rated_total"),
            func.count().filter(and_(_ROW.score >= satisfied_from, _OF_RATED_CALL)).label("rated_satisfied"),
            func.count().filter(_ROW.object.startswith(f"{VISIT}:")).label("in_visits"),
        )
        wanted = select(_ROW.code, *columns).where(_ROW.at >= since, _ROW.at < until).group_by(_ROW.code)
        rows = self._connection.execute(wanted)
        return {row.code: ReplyFigures(**{name: getattr(row, name) for name in _COUNTED}) for row in rows}

    def of_numbers(self, numbers: Collection[Number]) -> list[Reply]:
        """The oldest first."""
        wanted = select(questionnaire_reply).where(_ROW.number.in_(sorted(numbers))).order_by(_ROW.at, _ROW.id)
        return [_reply(row) for row in self._connection.execute(wanted)]

    def forget(self, ids: Collection[int]) -> int:
        """Whose they are and what they wrote; that somebody answered, and the score, stays: no figure changes."""
        gone = update(questionnaire_reply).where(_ROW.id.in_(sorted(ids))).values(number="", answers={})
        return self._connection.execute(gone).rowcount
