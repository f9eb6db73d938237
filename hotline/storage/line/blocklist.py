"""Numbers that are turned away (A15)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, or_, select, update

from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.numbers import Number
from hotline.storage.inserted import new_id
from hotline.storage.line.blocked_prefixes import BlockedPrefixStore
from hotline.storage.line.tables import blocked_number
from hotline.storage.transaction import TableStore

_ACTIVE = and_(
    blocked_number.c.lifted_at.is_(None),
    or_(blocked_number.c.expires_at.is_(None), blocked_number.c.expires_at > bindparam("now")),
)

#: Asked twice a call: made once, since making it costs as much as asking.
_ACTIVE_OF_NUMBER = (
    select(blocked_number)
    .where(blocked_number.c.number == bindparam("of"), _ACTIVE)
    .order_by(blocked_number.c.id.desc())
    .limit(1)
)


def blocked_of(row: Row[Any]) -> BlockedNumber:
    return BlockedNumber(row.number, row.reason, row.blocked_by, row.created_at, row.expires_at, row.id, row.lifted_at)


class BlocklistStore(TableStore):
    def active(self, number: str, now: dt.datetime) -> BlockedNumber | None:
        """The latest block of this number, or of all that begin as it does, that holds now."""
        row = self._connection.execute(_ACTIVE_OF_NUMBER, {"of": number, "now": now}).first()
        return blocked_of(row) if row else self._by_prefix(Number(number), now)

    def _by_prefix(self, number: Number, now: dt.datetime) -> BlockedNumber | None:
        for each in BlockedPrefixStore(self._tx).list(now):
            if each.fits(number):
                return BlockedNumber(number, each.reason, each.blocked_by, each.created_at, each.expires_at)
        return None

    def add(self, blocked: BlockedNumber) -> BlockedNumber:
        """The entry with the id it was given."""
        result = self._connection.execute(
            insert(blocked_number).values(
                number=blocked.number,
                reason=blocked.reason,
                blocked_by=blocked.blocked_by,
                created_at=blocked.created_at,
                expires_at=blocked.expires_at,
            )
        )
        return dataclasses.replace(blocked, id=new_id(result))

    def lift(self, number: str, now: dt.datetime) -> bool:
        """Lift every block of this number; False if none held."""
        return (
            self._connection.execute(
                update(blocked_number)
                .where(blocked_number.c.number == bindparam("of"), _ACTIVE)
                .values(lifted_at=bindparam("now")),
                {"of": number, "now": now},
            ).rowcount
            > 0
        )

    def list(self, now: dt.datetime) -> list[BlockedNumber]:
        """What holds now, newest first."""
        rows = self._connection.execute(
            select(blocked_number).where(_ACTIVE).order_by(blocked_number.c.id.desc()), {"now": now}
        )
        return [blocked_of(row) for row in rows]
