"""Numbers that are turned away by how they begin (A15)."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from sqlalchemy import and_, bindparam, insert, or_, select, update

from hotline.domain.line.blocked_prefix import BlockedPrefix
from hotline.storage.inserted import new_id
from hotline.storage.line.tables import blocked_prefix
from hotline.storage.transaction import TableStore

_COLUMNS = tuple(each.name for each in dataclasses.fields(BlockedPrefix))
_ACTIVE = and_(
    blocked_prefix.c.lifted_at.is_(None),
    or_(blocked_prefix.c.expires_at.is_(None), blocked_prefix.c.expires_at > bindparam("now")),
)
#: Asked at each call; they are few.
_ALL_ACTIVE = select(blocked_prefix).where(_ACTIVE).order_by(blocked_prefix.c.id.desc())


class BlockedPrefixStore(TableStore):
    def list(self, now: datetime) -> list[BlockedPrefix]:
        """What holds now, newest first."""
        rows = self._connection.execute(_ALL_ACTIVE, {"now": now})
        return [BlockedPrefix(**{name: getattr(row, name) for name in _COLUMNS}) for row in rows]

    def add(self, blocked: BlockedPrefix) -> BlockedPrefix:
        values = {name: getattr(blocked, name) for name in _COLUMNS if name != "id"}
        return dataclasses.replace(blocked, id=new_id(self._connection.execute(insert(blocked_prefix).values(values))))

    def lift(self, prefix: str, now: datetime) -> bool:
        """Lift every block of numbers that begin so; False if none held."""
        lifted = update(blocked_prefix).where(blocked_prefix.c.prefix == bindparam("of"), _ACTIVE)
        return (
            self._connection.execute(lifted.values(lifted_at=bindparam("now")), {"of": prefix, "now": now}).rowcount > 0
        )
