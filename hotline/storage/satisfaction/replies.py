"""What was answered to questionnaires."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from hotline.domain.numbers import Number
from hotline.domain.satisfaction.questionnaire import Reply, ReplyWay
from hotline.storage.inserted import new_id
from hotline.storage.satisfaction.tables import questionnaire_reply
from hotline.storage.transaction import TableStore

_ROW = questionnaire_reply.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(Reply))


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
        wanted = select(questionnaire_reply).where(_ROW.object == object).order_by(_ROW.at, _ROW.id)
        return [_reply(row) for row in self._connection.execute(wanted)]

    def of_numbers(self, numbers: Collection[Number]) -> list[Reply]:
        """The oldest first."""
        wanted = select(questionnaire_reply).where(_ROW.number.in_(sorted(numbers))).order_by(_ROW.at, _ROW.id)
        return [_reply(row) for row in self._connection.execute(wanted)]

    def forget(self, ids: Collection[int]) -> int:
        """Whose they are and what they wrote; that somebody answered, and the score, stays: no figure changes."""
        gone = update(questionnaire_reply).where(_ROW.id.in_(sorted(ids))).values(number="", answers={})
        return self._connection.execute(gone).rowcount
