"""The duty roster and hand-overs of the duty mobile (A2)."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from hotline.domain.line.handover import Handover
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.storage.inserted import new_id
from hotline.storage.line.tables import duty_handover, duty_shift
from hotline.storage.transaction import TableStore

#: Asked twice a call: made once, since making it costs as much as asking.
_SHIFTS = (
    select(duty_shift)
    .where(duty_shift.c.starts_at < bindparam("until"), duty_shift.c.ends_at > bindparam("since"))
    .order_by(duty_shift.c.starts_at, duty_shift.c.id)
)


class RosterStore(TableStore):
    def shifts(self, since: datetime, until: datetime) -> list[Shift]:
        """Shifts that overlap [since, until), by start."""
        rows = self._connection.execute(_SHIFTS, {"since": since, "until": until})
        return [
            Shift(
                row.person,
                tuple(row.numbers),
                tuple(DutyNumber(**backup) for backup in row.backups),
                row.starts_at,
                row.ends_at,
                row.id,
                row.note,
                tuple(row.lines),
            )
            for row in rows
        ]

    def add(self, shift: Shift) -> Shift:
        """The shift with the id it was given."""
        result = self._connection.execute(
            insert(duty_shift).values(
                person=shift.person,
                numbers=list(shift.numbers),
                note=shift.note,
                backups=[dataclasses.asdict(backup) for backup in shift.backups],
                starts_at=shift.starts_at,
                ends_at=shift.ends_at,
                lines=list(shift.lines),
            )
        )
        return dataclasses.replace(shift, id=new_id(result))

    def remove(self, shift_id: int) -> bool:
        return self._connection.execute(delete(duty_shift).where(duty_shift.c.id == shift_id)).rowcount == 1

    def record_handover(self, handover: Handover) -> None:
        self._connection.execute(insert(duty_handover).values(dataclasses.asdict(handover)))

    def handovers(self, limit: int) -> list[Handover]:
        """Newest first."""
        rows = self._connection.execute(
            select(duty_handover).order_by(duty_handover.c.at.desc(), duty_handover.c.id.desc()).limit(limit)
        )
        return [Handover(row.at, row.from_person, row.to_person, row.recorded_by, row.note, row.line) for row in rows]
