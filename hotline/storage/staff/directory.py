"""Departments and the directory, whose people have theirs as a text: where the text names one, it is linked."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select, update

from hotline.domain.staff.records import Department, Team
from hotline.storage.directory.tables import directory_person
from hotline.storage.staff.tables import staff_unit
from hotline.storage.transaction import TableStore

_WRITTEN: ColumnElement[str] = func.trim(directory_person.c.department)


class DirectoryLinkStore(TableStore):
    def link(self, unit: Team) -> None:
        """With whoever's department is called so; whoever's is not any more stays linked, their text says what it is
        called there."""
        if isinstance(unit, Department):
            named = update(directory_person).where(_WRITTEN.in_([unit.name]))
            self._connection.execute(named.values(department_id=unit.id))

    def department_named(self, name: str) -> int | None:
        """The department that is called so."""
        wanted = (staff_unit.c.kind == "department", staff_unit.c.name == name.strip())
        return self._connection.scalar(select(staff_unit.c.id).where(*wanted))

    def names(self, unit_id: int) -> list[str]:
        """Of the directory's people of this department."""
        wanted = select(directory_person.c.name).where(directory_person.c.department_id == unit_id)
        return list(self._connection.scalars(wanted.order_by(directory_person.c.name)))
