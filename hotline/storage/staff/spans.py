"""Who had which extension, who was away, and who belonged where, from when to when."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, insert, select, update

from hotline.domain.staff.records import Absence, Membership, Tenure
from hotline.storage.inserted import new_id
from hotline.storage.staff.tables import absence, person, tenure, unit_member
from hotline.storage.transaction import TableStore

#: Made once: the push asks for names with every change of an operator's state.
_NAMES_NOW = (
    select(tenure.c.extension, person.c.name)
    .join(person, person.c.id == tenure.c.person_id)
    .where(tenure.c.until.is_(None))
)
_NAMES_NOW_OF = _NAMES_NOW.where(tenure.c.extension.in_(bindparam("extensions", expanding=True)))

#: Asked twice a call: made once, since making it costs as much as asking.
_AWAY_BETWEEN = (
    select(absence)
    .where(absence.c.since < bindparam("until"), absence.c.until > bindparam("since"))
    .order_by(absence.c.since, absence.c.id)
)


class TenureStore(TableStore):
    def search(self, person_id: int | None = None, extension: str | None = None) -> list[Tenure]:
        """The first first: all, or those of a person or of an extension."""
        wanted = select(tenure)
        if person_id is not None:
            wanted = wanted.where(tenure.c.person_id == person_id)
        if extension is not None:
            wanted = wanted.where(tenure.c.extension == extension)
        return self._found(wanted)

    def of_user(self, user_id: int) -> list[Tenure]:
        """Those of the person whose account it is, the first first."""
        return self._found(
            select(tenure).join(person, person.c.id == tenure.c.person_id).where(person.c.user_id == user_id)
        )

    def _found(self, wanted: Select[Any]) -> list[Tenure]:
        rows = self._connection.execute(wanted.order_by(tenure.c.since.is_not(None), tenure.c.since, tenure.c.id))
        return [Tenure(row.person_id, row.extension, row.since, row.until, row.id) for row in rows]

    def names_now(self, extensions: Collection[str] | None = None) -> dict[str, str]:
        """Of those who have an extension, by it; None: of all."""
        found = _NAMES_NOW if extensions is None else _NAMES_NOW_OF
        rows = self._connection.execute(found, {} if extensions is None else {"extensions": list(extensions)})
        return {row.extension: row.name for row in rows}

    def names(self) -> dict[int, str]:
        """Of all who ever had one, by the person's id."""
        had = person.c.id.in_(select(tenure.c.person_id))
        return {row.id: row.name for row in self._connection.execute(select(person.c.id, person.c.name).where(had))}

    def add(self, new: Tenure) -> Tenure:
        """Raises Conflict where the extension, or the person's hand, is not free."""
        values = {"person_id": new.person_id, "extension": new.extension, "since": new.since, "until": new.until}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(tenure).values(values))))

    def end(self, tenure_id: int, until: datetime) -> None:
        self._connection.execute(update(tenure).where(tenure.c.id == tenure_id).values(until=until))

    def begin(self, tenure_id: int, since: datetime) -> None:
        self._connection.execute(update(tenure).where(tenure.c.id == tenure_id).values(since=since))

    def remove(self, tenure_id: int) -> None:
        self._connection.execute(delete(tenure).where(tenure.c.id == tenure_id))


class AbsenceStore(TableStore):
    def search(self, person_id: int | None = None) -> list[Absence]:
        """The first first."""
        wanted = select(absence).order_by(absence.c.since, absence.c.id)
        if person_id is not None:
            wanted = wanted.where(absence.c.person_id == person_id)
        return [_absence(row) for row in self._connection.execute(wanted)]

    def at(self, moment: datetime) -> list[Absence]:
        """Of all who are away then."""
        wanted = select(absence).where(absence.c.since <= moment, absence.c.until > moment)
        return [_absence(row) for row in self._connection.execute(wanted)]

    def between(self, since: datetime, until: datetime) -> list[Absence]:
        """Those that meet [since, until), the first first."""
        rows = self._connection.execute(_AWAY_BETWEEN, {"since": since, "until": until})
        return [_absence(row) for row in rows]

    def add(self, new: Absence) -> Absence:
        values = {name: getattr(new, name) for name in ("person_id", "since", "until", "deputy_id")}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(absence).values(values))))

    def end(self, absence_id: int, until: datetime) -> None:
        self._connection.execute(update(absence).where(absence.c.id == absence_id).values(until=until))

    def remove(self, absence_id: int) -> None:
        self._connection.execute(delete(absence).where(absence.c.id == absence_id))


class MemberStore(TableStore):
    def search(self, unit_id: int | None = None, person_id: int | None = None) -> list[Membership]:
        """The first first: all, or those of a team or department, or of a person."""
        member = unit_member.c
        wanted = select(unit_member).order_by(member.since.is_not(None), member.since, member.id)
        if unit_id is not None:
            wanted = wanted.where(member.unit_id == unit_id)
        if person_id is not None:
            wanted = wanted.where(member.person_id == person_id)
        return [
            Membership(row.unit_id, row.person_id, row.since, row.until, row.id)
            for row in self._connection.execute(wanted)
        ]

    def add(self, new: Membership) -> Membership:
        values = {name: getattr(new, name) for name in ("unit_id", "person_id", "since", "until")}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(unit_member).values(values))))

    def end(self, membership_id: int, until: datetime) -> None:
        self._connection.execute(update(unit_member).where(unit_member.c.id == membership_id).values(until=until))

    def remove(self, membership_id: int) -> None:
        self._connection.execute(delete(unit_member).where(unit_member.c.id == membership_id))


def _absence(row: Row[Any]) -> Absence:
    return Absence(row.person_id, row.since, row.until, row.deputy_id, row.id)
