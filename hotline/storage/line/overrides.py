""" "Open now" and "closed now" until a time."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from hotline.domain.line.override import Override
from hotline.storage.inserted import new_id
from hotline.storage.line.tables import line_override
from hotline.storage.transaction import TableStore

#: Asked twice a call: made once, since making it costs as much as asking.
_COVERING = (
    select(line_override)
    .where(
        line_override.c.starts_at <= bindparam("moment"),
        line_override.c.ends_at > bindparam("moment"),
        line_override.c.cancelled_at.is_(None),
    )
    .order_by(line_override.c.id.desc())
    .limit(1)
)


class OverrideStore(TableStore):
    def declare(self, override: Override) -> Override:
        """The override with the id it was given."""
        result = self._connection.execute(
            insert(line_override).values(
                mode=override.mode,
                starts_at=override.starts_at,
                ends_at=override.ends_at,
                declared_by=override.declared_by,
                reason=override.reason,
            )
        )
        return dataclasses.replace(override, id=new_id(result))

    def covering(self, moment: datetime) -> Override | None:
        """The latest declared that covers the moment and was not cancelled."""
        row = self._connection.execute(_COVERING, {"moment": moment}).first()
        if row is None:
            return None
        return Override(row.mode, row.starts_at, row.ends_at, row.declared_by, row.reason, row.id)

    def cancel_all(self, now: datetime) -> int:
        """Cancel what is declared for now or later; how many there were."""
        return self._connection.execute(
            update(line_override)
            .where(line_override.c.cancelled_at.is_(None), line_override.c.ends_at > now)
            .values(cancelled_at=now)
        ).rowcount
