"""What is posted (`BulletinStore`), and who has read it."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, insert, or_, select, update

from hotline.domain.bulletins.bulletin import Bulletin
from hotline.storage.bulletins.tables import bulletin, bulletin_addressee, bulletin_reading
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_PLAIN = tuple(each.name for each in dataclasses.fields(Bulletin) if each.name not in ("id", "persons", "units"))
_B, _A, _R = bulletin.c, bulletin_addressee.c, bulletin_reading.c


class BulletinStore(TableStore):
    def add(self, new: Bulletin) -> Bulletin:
        values = {name: getattr(new, name) for name in _PLAIN}
        added = dataclasses.replace(new, id=new_id(self._connection.execute(insert(bulletin).values(values))))
        people = [{"bulletin_id": added.id, "person_id": each, "unit_id": None} for each in sorted(new.persons)]
        units = [{"bulletin_id": added.id, "person_id": None, "unit_id": each} for each in sorted(new.units)]
        if people or units:
            self._connection.execute(insert(bulletin_addressee), [*people, *units])
        return added

    def by_id(self, bulletin_id: int) -> Bulletin | None:
        return next(iter(self._found(select(bulletin).where(_B.id == bulletin_id))), None)

    def all(self, limit: int, offset: int = 0) -> list[Bulletin]:
        """The latest first, withdrawn ones too."""
        return self._found(select(bulletin).order_by(_B.posted_at.desc(), _B.id.desc()).limit(limit).offset(offset))

    def of_person(self, person_id: int, units: Collection[int], limit: int, offset: int = 0) -> list[Bulletin]:
        """Not withdrawn and for them, the latest first."""
        wanted = select(bulletin).where(_B.withdrawn_at.is_(None), _is_for(person_id, units))
        return self._found(wanted.order_by(_B.posted_at.desc(), _B.id.desc()).limit(limit).offset(offset))

    def unread(self, person_id: int, units: Collection[int]) -> list[Bulletin]:
        """Of theirs, the oldest first."""
        return self._found(select(bulletin).where(*_unread(person_id, units)).order_by(_B.posted_at, _B.id))

    def count_unread(self, person_id: int, units: Collection[int]) -> int:
        wanted = select(func.count()).select_from(bulletin).where(*_unread(person_id, units))
        return self._connection.scalar(wanted) or 0

    def overdue(self, now: datetime) -> list[Bulletin]:
        """Not withdrawn, whose day has passed, the oldest first."""
        wanted = select(bulletin).where(_B.withdrawn_at.is_(None), _B.read_by_at <= now)
        return self._found(wanted.order_by(_B.read_by_at, _B.id))

    def withdraw(self, bulletin_id: int, by: str, now: datetime) -> bool:
        """False when it was withdrawn before."""
        still = update(bulletin).where(_B.id == bulletin_id, _B.withdrawn_at.is_(None))
        return self._connection.execute(still.values(withdrawn_at=now, withdrawn_by=by)).rowcount == 1

    # Who has read it.

    def read(self, bulletin_id: int, person_id: int, now: datetime) -> bool:
        """False when they had read it before."""
        there = select(_R.id).where(_R.bulletin_id == bulletin_id, _R.person_id == person_id)
        if self._connection.scalar(there) is not None:
            return False
        self._connection.execute(
            insert(bulletin_reading).values(bulletin_id=bulletin_id, person_id=person_id, read_at=now)
        )
        return True

    def readings(self, bulletin_ids: Iterable[int]) -> dict[int, dict[int, datetime]]:
        """Of each bulletin: when each person read it."""
        rows = self._connection.execute(select(bulletin_reading).where(_R.bulletin_id.in_(list(bulletin_ids))))
        found: dict[int, dict[int, datetime]] = defaultdict(dict)
        for row in rows:
            found[row.bulletin_id][row.person_id] = row.read_at
        return found

    def _found(self, wanted: Select[Any]) -> list[Bulletin]:
        rows = list(self._connection.execute(wanted))
        persons: dict[int, set[int]] = defaultdict(set)
        units: dict[int, set[int]] = defaultdict(set)
        ids = [row.id for row in rows]
        for each in self._connection.execute(select(bulletin_addressee).where(_A.bulletin_id.in_(ids))):
            if each.person_id is not None:
                persons[each.bulletin_id].add(each.person_id)
            if each.unit_id is not None:
                units[each.bulletin_id].add(each.unit_id)
        return [_bulletin(row, persons[row.id], units[row.id]) for row in rows]


def _is_for(person_id: int, units: Collection[int]) -> ColumnElement[bool]:
    theirs = or_(_A.person_id == person_id, _A.unit_id.in_(list(units)))
    return or_(_B.for_all.is_(True), exists().where(_A.bulletin_id == _B.id, theirs))


def _unread(person_id: int, units: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    was_read = exists().where(_R.bulletin_id == _B.id, _R.person_id == person_id)
    return _B.withdrawn_at.is_(None), _is_for(person_id, units), ~was_read


def _bulletin(row: Row[Any], persons: set[int], units: set[int]) -> Bulletin:
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Bulletin(**plain, persons=frozenset(persons), units=frozenset(units), id=row.id)
