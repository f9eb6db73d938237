"""Duty mobiles that are lost (A2)."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, or_, select, update

from hotline.domain.line.lost_mobile import LostMobile
from hotline.storage.inserted import new_id
from hotline.storage.line.tables import lost_mobile
from hotline.storage.transaction import TableStore

#: Asked at every call: made once, since making it costs as much as asking.
_OUT_SINCE = (
    select(lost_mobile)
    .where(or_(lost_mobile.c.put_back_at.is_(None), lost_mobile.c.put_back_at > bindparam("since")))
    .order_by(lost_mobile.c.taken_out_at, lost_mobile.c.id)
)


class LostMobileStore(TableStore):
    def out_since(self, since: datetime) -> list[LostMobile]:
        """Those that are out now or were at some time after `since`, by when they were taken out."""
        return [_lost(row) for row in self._connection.execute(_OUT_SINCE, {"since": since})]

    def out(self) -> list[LostMobile]:
        """Those that are not put back, by when they were taken out."""
        wanted = select(lost_mobile).where(lost_mobile.c.put_back_at.is_(None))
        return [_lost(row) for row in self._connection.execute(wanted.order_by(lost_mobile.c.id))]

    def by_id(self, lost_id: int) -> LostMobile | None:
        row = self._connection.execute(select(lost_mobile).where(lost_mobile.c.id == lost_id)).first()
        return _lost(row) if row else None

    def add(self, lost: LostMobile) -> LostMobile:
        """With the id it was given."""
        values = {name: value for name, value in dataclasses.asdict(lost).items() if name != "id"}
        return dataclasses.replace(lost, id=new_id(self._connection.execute(insert(lost_mobile).values(values))))

    def ask(self, lost_id: int, by: str, at: datetime) -> None:
        self._set(lost_id, asked_by=by, asked_at=at)

    def put_back(self, lost_id: int, by: str, at: datetime) -> None:
        self._set(lost_id, put_back_by=by, put_back_at=at)

    def _set(self, lost_id: int, **values: object) -> None:
        self._connection.execute(update(lost_mobile).where(lost_mobile.c.id == lost_id).values(values))


def _lost(row: Row[Any]) -> LostMobile:
    return LostMobile(
        row.number,
        row.person,
        row.reason,
        row.taken_out_by,
        row.taken_out_at,
        row.asked_by,
        row.asked_at,
        row.put_back_by,
        row.put_back_at,
        row.id,
    )
