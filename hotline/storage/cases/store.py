"""Cases, as they are stored: each by its number, with the fields that it is found by."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, update
from sqlalchemy import case as either

from hotline.domain.batches import batches
from hotline.domain.cases.case import CaseState, Channel, Complexity, Priority, ServiceCase, next_number
from hotline.domain.cases.clock_names import ALL
from hotline.storage.cases.tables import GOES_UP, IS_OPEN, service_case
from hotline.storage.deadlines.tables import deadline
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

_CASE = service_case.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(ServiceCase))
_CODES: dict[str, Callable[[str], Any]] = {
    "state": CaseState,
    "channel": Channel,
    "priority": Priority,
    "complexity": Complexity,
}


#: Where the fields stand in a row of the whole table: by name each takes four times as long, and a board has hundreds.
_FIELDS = itemgetter(*(service_case.c.keys().index(name) for name in _COLUMNS))
_READ = tuple((_COLUMNS.index(name), read) for name, read in _CODES.items())


def case_of(row: Row[Any]) -> ServiceCase:
    """`row`: of all columns of the table, in its order."""
    values = list(_FIELDS(row))
    for place, read in _READ:
        values[place] = read(values[place])
    return ServiceCase(*values)


def columns_of(case: ServiceCase) -> dict[str, Any]:
    """All but id and number."""
    values = {name: getattr(case, name) for name in _COLUMNS if name not in ("id", "number")}
    values |= {name: getattr(case, name).value for name in _CODES}
    return {**values, "kind": str(case.kind), "values": dict(case.values)}


class CaseStore(TableStore):
    def add(self, case: ServiceCase, day: date) -> ServiceCase:
        """With the next number of that day, whoever adds at the same time, and its id."""
        values = columns_of(case)
        insert = (
            insert_into(self._connection, service_case)
            .on_conflict_do_nothing(index_elements=["number"])
            .returning(_CASE.id)
        )
        while True:  # until nobody else has taken the number meanwhile: each turn somebody has got theirs
            number = next_number(day, self._latest(day))
            case_id = self._connection.scalar(insert, {**values, "number": number})
            if case_id is not None:
                return dataclasses.replace(case, number=number, id=case_id)

    def by_id(self, case_id: int) -> ServiceCase | None:
        row = self._connection.execute(select(service_case).where(_CASE.id == case_id)).first()
        return case_of(row) if row else None

    def owned(self, owner: str, state: CaseState, limit: int) -> list[ServiceCase]:
        """For which this user is responsible, newest first."""
        rows = self._connection.execute(
            select(service_case)
            .where(_CASE.owner == owner, IS_OPEN if state is CaseState.OPEN else _CASE.state == state.value)
            .order_by(_CASE.id.desc())
            .limit(limit)
        )
        return [case_of(row) for row in rows]

    def open_of(self, number: str, customer_ids: Sequence[int]) -> list[ServiceCase]:
        """Open ones of this caller's number or of these customers, newest first."""
        whose = [_CASE.caller_number == number] if number else []
        if customer_ids:
            whose.append(_CASE.customer_id.in_(list(customer_ids)))
        if not whose:
            return []
        rows = self._connection.execute(
            select(service_case)
            .where(or_(*whose), _CASE.state == CaseState.OPEN.value)
            .order_by(_CASE.opened_at.desc(), _CASE.id.desc())
        )
        return [case_of(row) for row in rows]

    def of_form(self, form_id: int) -> list[ServiceCase]:
        rows = self._connection.execute(select(service_case).where(_CASE.form_id == form_id).order_by(_CASE.id))
        return [case_of(row) for row in rows]

    def save(self, case: ServiceCase, revision: int) -> bool:
        """Write all its fields, with the next revision; False unless the row still has `revision`."""
        values = {**columns_of(case), "revision": revision + 1}
        changed = update(service_case).where(_CASE.id == case.id, _CASE.revision == revision).values(values)
        return self._connection.execute(changed).rowcount == 1

    def close(self, case_id: int, by: str, result: str, now: datetime) -> bool:
        """False if there is no such open one."""
        return (
            self._connection.execute(
                update(service_case)
                .where(_CASE.id == case_id, _CASE.state == CaseState.OPEN.value)
                .values(state=CaseState.CLOSED.value, closed_by=by, result=result, closed_at=now, due_at=None)
            ).rowcount
            == 1
        )

    def give(self, case_id: int, owner: str) -> None:
        """That user is responsible for it from now on."""
        values = {"owner": owner, "offered_to": "", "revision": _CASE.revision + 1}
        self._connection.execute(update(service_case).where(_CASE.id == case_id).values(values))

    def by_ids(self, case_ids: Collection[int]) -> dict[int, ServiceCase]:
        found: dict[int, ServiceCase] = {}
        for some in batches(sorted(case_ids)):
            for row in self._connection.execute(select(service_case).where(_CASE.id.in_(some))):
                found[row.id] = case_of(row)
        return found

    def by_number(self, number: str) -> ServiceCase | None:
        row = self._connection.execute(select(service_case).where(_CASE.number == number)).first()
        return case_of(row) if row else None

    def merged_into(self, case_id: int) -> list[ServiceCase]:
        """Those that go on within this one, also by way of another, the nearest first."""
        found: list[ServiceCase] = []
        ahead = [case_id]
        while ahead:
            nearer = self._ordered(_CASE.merged_into.in_(ahead))
            found += nearer
            ahead = [each.id for each in nearer if each.id is not None]
        return found

    def children(self, case_id: int) -> list[ServiceCase]:
        """The oldest first."""
        return self._ordered(_CASE.parent_id == case_id)

    def put_under(self, case_id: int, parent_id: int | None) -> None:
        self._connection.execute(update(service_case).where(_CASE.id == case_id).values(parent_id=parent_id))

    def copy_due(self, case_ids: Collection[int]) -> None:
        """When the earliest of their open deadlines is due; at another moment than before it goes up anew."""
        clocks = [str(each) for each in ALL]
        earliest = (
            select(func.min(deadline.c.due_at))
            .where(deadline.c.clock.in_(clocks), deadline.c.object_id == _CASE.id, deadline.c.stopped_at.is_(None))
            .scalar_subquery()
        )
        for some in batches(sorted(case_ids)):
            same = _CASE.due_at == earliest
            again = either((same, _CASE.escalated), else_=0)
            changed = update(service_case).where(_CASE.id.in_(some))
            self._connection.execute(changed.values(due_at=earliest, escalated=again))

    def to_escalate(self, before: datetime, after: tuple[datetime, int] | None, limit: int) -> list[ServiceCase]:
        """Open ones that are due before then and can go further up, the first due first, from that moment and id on;
        without those that wait."""
        wanted = select(service_case).where(IS_OPEN, GOES_UP, _CASE.due_at < before, _CASE.waiting == "")
        if after is not None:
            at, last = after
            wanted = wanted.where(_CASE.due_at >= at, or_(_CASE.due_at > at, _CASE.id > last))
        rows = self._connection.execute(wanted.order_by(_CASE.due_at, _CASE.id).limit(limit))
        return [case_of(row) for row in rows]

    def went_up(self, case_ids: Collection[int], steps: int) -> None:
        for some in batches(sorted(case_ids)):
            self._connection.execute(update(service_case).where(_CASE.id.in_(some)).values(escalated=steps))

    def _ordered(self, condition: ColumnElement[bool]) -> list[ServiceCase]:
        rows = self._connection.execute(select(service_case).where(condition).order_by(_CASE.id))
        return [case_of(row) for row in rows]

    def _latest(self, day: date) -> str | None:
        return self._connection.scalar(
            select(_CASE.number)
            .where(_CASE.number.startswith(f"{day:%Y%m%d}-"))
            .order_by(func.length(_CASE.number).desc(), _CASE.number.desc())
            .limit(1)
        )
