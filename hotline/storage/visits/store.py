"""Return visits, and the tries to make them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, insert, or_, select, update

from hotline.domain.batches import batches
from hotline.domain.visits.visit import Ending, Origin, Satisfaction, Visit, VisitState, VisitTry, VisitWay
from hotline.storage.bulk import update_rows
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into
from hotline.storage.visits.tables import IS_OPEN, visit, visit_try

_IT = visit.c
_TRY = visit_try.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(Visit))
_TRY_COLUMNS = tuple(each.name for each in dataclasses.fields(VisitTry) if each.name != "id")
#: Asked while a phone rings: made once, since making it costs as much as asking. Who has no number is nobody's number.
_OPEN_OF = (
    select(visit)
    .where(
        or_(
            and_(_IT.number == bindparam("number"), _IT.number != ""),
            _IT.customer_id.in_(bindparam("customers", expanding=True)),
        ),
        _IT.state == VisitState.OPEN.value,
    )
    .order_by(_IT.due_at, _IT.id)
)
_CODES: Mapping[str, Callable[[str], Any]] = {
    "origin": Origin,
    "way": VisitWay,
    "state": VisitState,
    "ending": lambda code: Ending(code) if code else None,
    "result": lambda code: Satisfaction(code) if code else None,
    "barred": tuple,
}


def visit_of(row: Row[Any]) -> Visit:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return Visit(**{**values, **{name: read(values[name]) for name, read in _CODES.items()}})


def columns_of(one: Visit) -> dict[str, Any]:
    """All but id."""
    values = {name: getattr(one, name) for name in _COLUMNS if name != "id"}
    codes = {name: code.value if (code := values[name]) is not None else "" for name in _CODES if name != "barred"}
    return {**values, **codes, "barred": list(one.barred), "answers": dict(one.answers)}


class VisitStore(TableStore):
    def add(self, new: Visit) -> Visit | None:
        """With its id; None when one of its key is there already."""
        statement = insert_into(self._connection, visit).on_conflict_do_nothing().returning(_IT.id)
        visit_id = self._connection.scalar(statement, columns_of(new))
        return dataclasses.replace(new, id=visit_id) if visit_id is not None else None

    def by_id(self, visit_id: int) -> Visit | None:
        row = self._connection.execute(select(visit).where(_IT.id == visit_id)).first()
        return visit_of(row) if row else None

    def by_ids(self, visit_ids: Collection[int]) -> dict[int, Visit]:
        found: dict[int, Visit] = {}
        for some in batches(sorted(visit_ids)):
            for row in self._connection.execute(select(visit).where(_IT.id.in_(some))):
                found[row.id] = visit_of(row)
        return found

    def save(self, changed: Visit) -> bool:
        """Write all its fields, with the next revision; False unless the row still has the revision of `changed`."""
        values = {**columns_of(changed), "revision": changed.revision + 1}
        written = update(visit).where(_IT.id == changed.id, _IT.revision == changed.revision).values(values)
        return self._connection.execute(written).rowcount == 1

    def of_subject(self, origin: Origin, subject_id: int) -> list[Visit]:
        """The oldest first."""
        wanted = select(visit).where(_IT.origin == origin.value, _IT.subject_id == subject_id).order_by(_IT.id)
        return [visit_of(row) for row in self._connection.execute(wanted)]

    def open_of_subject(self, origin: Origin, subject_id: int, limit: int) -> list[Visit]:
        """Open ones that were planned for it, the oldest first."""
        wanted = select(visit).where(_IT.origin == origin.value, _IT.subject_id == subject_id, IS_OPEN)
        return [visit_of(row) for row in self._connection.execute(wanted.order_by(_IT.id).limit(limit))]

    def open_of(self, number: str, customer_ids: Sequence[int]) -> list[Visit]:
        """Open ones of this number or of these customers, the first due first."""
        if not number and not customer_ids:
            return []
        whose = {"number": number, "customers": list(customer_ids)}
        return [visit_of(row) for row in self._connection.execute(_OPEN_OF, whose)]

    def open_with(self, visitor: str, limit: int = 10_000) -> list[Visit]:
        """The open ones of this user, the first due first."""
        wanted = select(visit).where(IS_OPEN, _IT.visitor == visitor).order_by(_IT.due_at, _IT.id).limit(limit)
        return [visit_of(row) for row in self._connection.execute(wanted)]

    def waiting(self, visitor: str) -> int:
        """How many open ones this user has."""
        mine = (IS_OPEN, _IT.visitor == visitor)
        return self._connection.scalar(select(func.count()).select_from(visit).where(*mine)) or 0

    def move(self, due: Mapping[int, datetime]) -> None:
        """By the visit's id: it is due then."""
        update_rows(self._connection, visit, list(due), {"due_at": list(due.values())})


class VisitTryStore(TableStore):
    def add(self, made: VisitTry) -> int:
        values = {name: getattr(made, name) for name in _TRY_COLUMNS}
        return new_id(self._connection.execute(insert(visit_try).values({**values, "way": made.way.value})))

    def correct(self, made: VisitTry) -> None:
        """Another outcome and next try."""
        changed = update(visit_try).where(_TRY.id == made.id)
        self._connection.execute(changed.values(outcome=made.outcome, next_try_at=made.next_try_at))

    def of(self, visit_ids: Collection[int]) -> dict[int, list[VisitTry]]:
        """By visit, the first first."""
        found: dict[int, list[VisitTry]] = {}
        for some in batches(sorted(visit_ids)):
            wanted = select(visit_try).where(_TRY.visit_id.in_(some)).order_by(_TRY.id)
            for row in self._connection.execute(wanted):
                values = {name: getattr(row, name) for name in _TRY_COLUMNS}
                made = VisitTry(**{**values, "way": VisitWay(row.way)}, id=row.id)
                found.setdefault(row.visit_id, []).append(made)
        return found
