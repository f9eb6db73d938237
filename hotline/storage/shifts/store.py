"""Shifts: read by time, by person; written with a version, so that two who plan at once lose nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, insert, select, update

from hotline.domain.batches import batches
from hotline.domain.line.roster import DutyNumber
from hotline.domain.shifts.shift import PlannedShift, ShiftOrigin
from hotline.storage.inserted import new_id
from hotline.storage.shifts.tables import shift
from hotline.storage.staff.tables import person
from hotline.storage.transaction import TableStore

_ORIGINS = {each.value: each for each in ShiftOrigin}
_NOBODYS = and_(shift.c.person_id.is_(None), shift.c.person == "")
_IN_ORDER = (shift.c.starts_at, shift.c.id)


class ShiftStore(TableStore):
    def get(self, shift_id: int) -> PlannedShift | None:
        row = self._connection.execute(select(shift).where(shift.c.id == shift_id)).first()
        return _shift(row) if row else None

    def between(
        self,
        since: datetime,
        until: datetime,
        *,
        drafts: bool = False,
        duty: bool | None = None,
        people: Collection[int] | None = None,
    ) -> list[PlannedShift]:
        """Those that meet [since, until), by start: published ones, with `drafts` all; of the duty mobile or not
        (`duty`); of these persons."""
        wanted = select(shift).where(shift.c.starts_at < until, shift.c.ends_at > since)
        if not drafts:
            wanted = wanted.where(shift.c.published_at.is_not(None))
        if duty is not None:
            wanted = wanted.where(shift.c.duty.is_(duty))
        if people is not None:
            wanted = wanted.where(shift.c.person_id.in_(people))
        return self._found(wanted)

    def ending(self, since: datetime, until: datetime) -> list[PlannedShift]:
        """Published ones that end within [since, until), by start."""
        ends = (shift.c.ends_at >= since, shift.c.ends_at < until)
        return self._found(select(shift).where(*ends, shift.c.published_at.is_not(None)))

    def ahead_of(self, person_id: int, now: datetime) -> list[PlannedShift]:
        """Theirs that are not over, drafts too."""
        return self._found(select(shift).where(shift.c.person_id == person_id, shift.c.ends_at > now))

    def open_ones(self, now: datetime) -> list[PlannedShift]:
        """That nobody has, and are not over."""
        return self._found(select(shift).where(_NOBODYS, shift.c.ends_at > now))

    def count_open(self, now: datetime) -> int:
        wanted = select(func.count()).select_from(shift).where(_NOBODYS, shift.c.ends_at > now)
        return int(self._connection.execute(wanted).scalar_one())

    def is_there(self, since: datetime, until: datetime) -> bool:
        """Whether any desk is planned and published in [since, until)."""
        wanted = select(shift.c.id).where(
            shift.c.duty.is_(False),
            shift.c.published_at.is_not(None),
            shift.c.starts_at < until,
            shift.c.ends_at > since,
        )
        return self._connection.execute(wanted.limit(1)).first() is not None

    def add(self, new: PlannedShift) -> PlannedShift:
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(shift).values(_columns(new)))))

    def add_all(self, new: Iterable[PlannedShift]) -> int:
        rows = [_columns(each) for each in new]
        if rows:
            self._connection.execute(insert(shift), rows)
        return len(rows)

    def change(self, changed: PlannedShift, version: int) -> bool:
        """Write all its fields; False unless the row still has `version`."""
        written = update(shift).where(shift.c.id == changed.id, shift.c.version == version)
        return self._connection.execute(written.values(_columns(changed))).rowcount == 1

    def hold_person(self, person_id: int) -> None:
        """Others who plan this person wait until the transaction's end: two who plan at once see each other's."""
        self._connection.execute(select(person.c.id).where(person.c.id == person_id).with_for_update())

    def publish(self, ids: Collection[int], now: datetime) -> None:
        for some in batches(list(ids)):
            self._connection.execute(update(shift).where(shift.c.id.in_(some)).values(published_at=now))

    def remove(self, shift_id: int, version: int) -> bool:
        gone = delete(shift).where(shift.c.id == shift_id, shift.c.version == version)
        return self._connection.execute(gone).rowcount == 1

    def _found(self, wanted: Select[Any]) -> list[PlannedShift]:
        return [_shift(row) for row in self._connection.execute(wanted.order_by(*_IN_ORDER))]


def _columns(one: PlannedShift) -> dict[str, Any]:
    return {
        "person_id": one.person_id,
        "person": one.person,
        "kind": one.kind,
        "duty": one.duty,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "lines": list(one.lines),
        "queues": list(one.queues),
        "numbers": list(one.numbers),
        "backups": [dataclasses.asdict(each) for each in one.backups],
        "note": one.note,
        "origin": one.origin.value,
        "published_at": one.published_at,
        "version": one.version,
    }


def _shift(row: Row[Any]) -> PlannedShift:
    """A plan reads thousands: unpacked once, which is half the time of asking a row by names."""
    values: Any = tuple(row)
    shift_id, person_id, name, kind, duty, starts_at, ends_at = values[:7]
    lines, queues, numbers, backups, note, origin, published_at, version = values[7:]
    return PlannedShift(
        name,
        starts_at,
        ends_at,
        person_id,
        kind,
        duty,
        tuple(lines),
        tuple(queues),
        tuple(numbers),
        tuple(DutyNumber(**backup) for backup in backups),
        note,
        _ORIGINS[origin],
        published_at,
        version,
        shift_id,
    )
