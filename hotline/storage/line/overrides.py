""" "Open now" and "closed now" until a time, of a line or of all."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, insert, select, update

from hotline.domain.line.override import Override
from hotline.storage.inserted import new_id
from hotline.storage.line.tables import line_override
from hotline.storage.transaction import TableStore

#: Asked twice a call: made once, since making it costs as much as asking.
_AHEAD = (
    select(line_override)
    .where(
        line_override.c.ends_at > bindparam("moment"),
        line_override.c.cancelled_at.is_(None),
        line_override.c.line.in_(("", bindparam("line"))),
    )
    .order_by(line_override.c.id.desc())
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
                line=override.line,
            )
        )
        return dataclasses.replace(override, id=new_id(result))

    def covering(self, moment: datetime, line: str = "") -> Override | None:
        """The latest declared for this line (with "": for all lines) that covers the moment and was not cancelled."""
        return next((override for override in self.ahead(moment, line) if override.covers(moment)), None)

    def ahead(self, moment: datetime, line: str) -> list[Override]:
        """What was declared for this line or for all and is not over, the latest first."""
        return [
            Override(row.mode, row.starts_at, row.ends_at, row.declared_by, row.reason, row.id, row.line)
            for row in self._connection.execute(_AHEAD, {"moment": moment, "line": line})
        ]

    def cancel_all(self, now: datetime) -> int:
        """Cancel what is declared for now or later, of whatever line; how many there were."""
        return self._cancel(now)

    def cancel(self, line: str, now: datetime) -> int:
        """As `cancel_all`, only what was declared for this line alone."""
        return self._cancel(now, line_override.c.line == line)

    def _cancel(self, now: datetime, *of: ColumnElement[bool]) -> int:
        return self._connection.execute(
            update(line_override)
            .where(line_override.c.cancelled_at.is_(None), line_override.c.ends_at > now, *of)
            .values(cancelled_at=now)
        ).rowcount
