"""The duty roster, a view of the shifts (A2), and hand-overs of the duty mobile."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select

from hotline.domain import numbers
from hotline.domain.line.handover import Handover
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.shifts.shift import ShiftOrigin
from hotline.storage.inserted import new_id
from hotline.storage.line.tables import duty_handover
from hotline.storage.shifts.tables import shift
from hotline.storage.staff.tables import person
from hotline.storage.transaction import TableStore

#: Asked twice a call: made once, since making it costs as much as asking.
_SHIFTS = (
    select(shift, person.c.mobile, person.c.active, person.c.name.label("name_now"))
    .outerjoin(person, person.c.id == shift.c.person_id)
    .where(
        shift.c.duty.is_(True),
        shift.c.published_at.is_not(None),
        shift.c.starts_at < bindparam("until"),
        shift.c.ends_at > bindparam("since"),
    )
    .order_by(shift.c.starts_at, shift.c.id)
)


class RosterStore(TableStore):
    def shifts(self, since: datetime, until: datetime) -> list[Shift]:
        """Shifts with the duty mobile that overlap [since, until), by start; of drafts nobody hears. Whose shift names
        no number is rung at their own mobile; one in which nobody could be rung is none, and so a gap (A16)."""
        rows = self._connection.execute(_SHIFTS, {"since": since, "until": until})
        return [found for found in map(_shift, rows) if found.numbers or found.backups]

    def add(self, new: Shift, person_id: int | None = None, origin: ShiftOrigin = ShiftOrigin.ROSTER) -> Shift:
        """The shift with the id it was given; in force at once."""
        result = self._connection.execute(
            insert(shift).values(
                person_id=person_id,
                person=new.person,
                duty=True,
                numbers=list(new.numbers),
                note=new.note,
                backups=[dataclasses.asdict(backup) for backup in new.backups],
                starts_at=new.starts_at,
                ends_at=new.ends_at,
                lines=list(new.lines),
                origin=origin.value,
                published_at=new.starts_at,
            )
        )
        return dataclasses.replace(new, id=new_id(result), person_id=person_id)

    def remove(self, shift_id: int) -> bool:
        gone = delete(shift).where(shift.c.id == shift_id, shift.c.duty.is_(True))
        return self._connection.execute(gone).rowcount == 1

    def record_handover(self, handover: Handover) -> None:
        self._connection.execute(insert(duty_handover).values(dataclasses.asdict(handover)))

    def handovers(self, limit: int) -> list[Handover]:
        """Newest first."""
        rows = self._connection.execute(
            select(duty_handover).order_by(duty_handover.c.at.desc(), duty_handover.c.id.desc()).limit(limit)
        )
        return [Handover(row.at, row.from_person, row.to_person, row.recorded_by, row.note, row.line) for row in rows]


def _shift(row: Row[Any]) -> Shift:
    own = (numbers.as_dialled(row.mobile),) if row.mobile and row.active else ()
    return Shift(
        row.name_now or row.person,
        tuple(row.numbers) or own,
        tuple(DutyNumber(**backup) for backup in row.backups),
        row.starts_at,
        row.ends_at,
        row.id,
        row.note,
        tuple(row.lines),
        row.person_id,
    )
