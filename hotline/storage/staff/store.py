"""Our own people (`StaffStore`): who is who, who had which extension, who acts for whom, who belongs where."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Table, and_, insert, or_, select, update

from hotline.domain.staff.deputies import acting_leader, deputy_at
from hotline.domain.staff.records import Absence, Department, Person, Team, Tenure
from hotline.domain.staff.spans import members_at
from hotline.storage.accounts.tables import user
from hotline.storage.inserted import new_id
from hotline.storage.staff.spans import AbsenceStore, MemberStore, TenureStore
from hotline.storage.staff.tables import person, staff_unit, tenure, unit_member
from hotline.storage.transaction import TableStore

_PERSON = tuple(field.name for field in dataclasses.fields(Person) if field.name != "id")
_TEAM = tuple(field.name for field in dataclasses.fields(Team) if field.name != "id")
_DEPARTMENT = tuple(field.name for field in dataclasses.fields(Department) if field.name != "id")

_TEAM_KIND, _DEPARTMENT_KIND = "team", "department"


#: Asked twice a call: made once, since making it costs as much as asking.
_LEAVERS = (
    select(person.c.id, person.c.active, person.c.updated_at, user.c.active.label("enters"), user.c.expires_at)
    .outerjoin(user, user.c.id == person.c.user_id)
    .where(or_(person.c.active.is_(False), user.c.active.is_(False), user.c.expires_at.is_not(None)))
)

#: A team or a department.
Unit = TypeVar("Unit", bound=Team)


class StaffStore(TableStore):
    # Persons.

    def person(self, person_id: int) -> Person | None:
        return self._person(person.c.id == person_id)

    def person_of_user(self, user_id: int) -> Person | None:
        return self._person(person.c.user_id == user_id)

    def all(self, active_only: bool = True) -> list[Person]:
        """By name."""
        wanted = select(person).order_by(person.c.name, person.c.id)
        if active_only:
            wanted = wanted.where(person.c.active.is_(True))
        return [_person(row) for row in self._connection.execute(wanted)]

    def leavers(self) -> dict[int, datetime | None]:
        """By person, since when they are not with us or will be no more: they do not work here, or their account lets
        nobody in. None: that is so, and nobody knows since when."""
        return {row.id: _left_at(row) for row in self._connection.execute(_LEAVERS)}

    def gone(self, at: datetime) -> frozenset[int]:
        """Who is not with us then; of whom nobody knows since when is not."""
        return frozenset(person_id for person_id, left in self.leavers().items() if left is None or left <= at)

    def add_person(self, new: Person) -> Person:
        result = self._connection.execute(insert(person).values(_person_columns(new)))
        return dataclasses.replace(new, id=new_id(result))

    def update_person(self, changed: Person, version: int) -> bool:
        """Write all its fields; False unless the row still has `version`."""
        return self._update(person, changed.id, version, _person_columns(changed))

    # Extensions.

    def holder(self, extension: str, at: datetime) -> Person | None:
        """Who had it at that moment."""
        held = and_(tenure.c.person_id == person.c.id, tenure.c.extension == extension, _at(tenure, at))
        row = self._connection.execute(select(person).join(tenure, held)).first()
        return _person(row) if row else None

    def extension_of(self, person_id: int, at: datetime) -> str | None:
        return self._connection.scalar(
            select(tenure.c.extension).where(tenure.c.person_id == person_id, _at(tenure, at))
        )

    def tenures(self, person_id: int | None = None, extension: str | None = None) -> list[Tenure]:
        """The first first: all, or those of a person or of an extension."""
        return TenureStore(self._tx).search(person_id, extension)

    # Who acts for whom.

    def absences(self, person_id: int | None = None) -> list[Absence]:
        """The first first."""
        return AbsenceStore(self._tx).search(person_id)

    def deputy_of(self, person_id: int, at: datetime) -> Person | None:
        """Who acts for them (see `deputy_at`); None when they are not away, or nobody does."""
        deputy = deputy_at(AbsenceStore(self._tx).at(at), person_id, at)
        return self.person(deputy) if deputy is not None else None

    def leader_of(self, unit_id: int, at: datetime) -> Person | None:
        """Who leads the team or department at that moment (see `acting_leader`)."""
        unit = self.unit(unit_id)
        leader = acting_leader(unit, AbsenceStore(self._tx).at(at), at, self.gone(at)) if unit else None
        return self.person(leader) if leader is not None else None

    def leaders(self, at: datetime) -> dict[int, int]:
        """By team or department in use that somebody leads at that moment, who; read at once."""
        absences, gone = AbsenceStore(self._tx).at(at), self.gone(at)
        found = {unit.id: acting_leader(unit, absences, at, gone) for unit in (*self.teams(), *self.departments())}
        return {unit: leader for unit, leader in found.items() if unit is not None and leader is not None}

    # Teams and departments.

    def unit(self, unit_id: int) -> Team | Department | None:
        row = self._connection.execute(select(staff_unit).where(staff_unit.c.id == unit_id)).first()
        return _unit(row) if row else None

    def team(self, unit_id: int) -> Team | None:
        """None for a department too."""
        found = self.unit(unit_id)
        return None if isinstance(found, Department) else found

    def department(self, unit_id: int) -> Department | None:
        found = self.unit(unit_id)
        return found if isinstance(found, Department) else None

    def teams(self, active_only: bool = True) -> list[Team]:
        """By name."""
        return self._units(staff_unit.c.kind == _TEAM_KIND, active_only)

    def departments(self, active_only: bool = True) -> list[Department]:
        """By name."""
        found = self._units(staff_unit.c.kind == _DEPARTMENT_KIND, active_only)
        return [unit for unit in found if isinstance(unit, Department)]

    def add_unit(self, new: Unit) -> Unit:
        """A team or a department. Raises Conflict for a name that another one of its kind has."""
        result = self._connection.execute(insert(staff_unit).values(_unit_columns(new)))
        return dataclasses.replace(new, id=new_id(result))

    def update_unit(self, changed: Team, version: int) -> bool:
        """As `update_person`."""
        return self._update(staff_unit, changed.id, version, _unit_columns(changed))

    def members_of(self, unit_id: int, at: datetime) -> list[Person]:
        """Who belongs to the team or department, by name."""
        ids = members_at(MemberStore(self._tx).search(unit_id=unit_id), at)
        return [each for each in self.all(active_only=False) if each.id in ids]

    def teams_of(self, person_id: int, at: datetime) -> list[Team]:
        """By name."""
        return self._units_of(person_id, at, _TEAM_KIND)

    def team_of(self, person_id: int, at: datetime) -> Team | None:
        """Their team; of several the one whose name comes first."""
        return next(iter(self.teams_of(person_id, at)), None)

    def department_of(self, person_id: int, at: datetime) -> Department | None:
        found = self._units_of(person_id, at, _DEPARTMENT_KIND)
        return next((unit for unit in found if isinstance(unit, Department)), None)

    def _units_of(self, person_id: int, at: datetime, kind: str) -> list[Team]:
        theirs = and_(unit_member.c.unit_id == staff_unit.c.id, unit_member.c.person_id == person_id)
        wanted = select(staff_unit).join(unit_member, theirs).where(staff_unit.c.kind == kind, _at(unit_member, at))
        return [_unit(row) for row in self._connection.execute(wanted.order_by(staff_unit.c.name))]

    def _units(self, condition: ColumnElement[bool], active_only: bool) -> list[Team]:
        wanted = select(staff_unit).where(condition).order_by(staff_unit.c.name)
        if active_only:
            wanted = wanted.where(staff_unit.c.active.is_(True))
        return [_unit(row) for row in self._connection.execute(wanted)]

    def _person(self, condition: ColumnElement[bool]) -> Person | None:
        row = self._connection.execute(select(person).where(condition)).first()
        return _person(row) if row else None

    def _update(self, table: Table, row_id: int | None, version: int, columns: dict[str, Any]) -> bool:
        changed = update(table).where(table.c.id == row_id, table.c.version == version).values(columns)
        return self._connection.execute(changed).rowcount == 1


def _left_at(row: Any) -> datetime | None:
    known: datetime | None = row.expires_at if row.active else row.updated_at
    return None if row.active and not row.enters else known


def _at(table: Table, at: datetime) -> ColumnElement[bool]:
    return and_(or_(table.c.since.is_(None), table.c.since <= at), or_(table.c.until.is_(None), table.c.until > at))


def _person(row: Row[Any]) -> Person:
    plain = {name: getattr(row, name) for name in _PERSON}
    return Person(**plain, id=row.id)


def _person_columns(one: Person) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _PERSON}


def _unit(row: Row[Any]) -> Team | Department:
    if row.kind == _TEAM_KIND:
        return Team(**{name: getattr(row, name) for name in _TEAM}, id=row.id)
    return Department(**{name: getattr(row, name) for name in _DEPARTMENT}, id=row.id)


def _unit_columns(unit: Team) -> dict[str, Any]:
    is_department = isinstance(unit, Department)
    names = _DEPARTMENT if is_department else _TEAM
    plain = {name: getattr(unit, name) for name in names}
    return {**plain, "kind": _DEPARTMENT_KIND if is_department else _TEAM_KIND}
