"""Whom a campaign could be for, and what is known of them: asked for hundreds at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import and_, or_, select

from hotline.domain.batches import batches
from hotline.domain.calls.call import Direction
from hotline.domain.customers.customer import Customer
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.time import midnight
from hotline.domain.visits.visit import Ending
from hotline.storage.calls.tables import call
from hotline.storage.customers.store import CustomerStore
from hotline.storage.customers.tables import customer, customer_number
from hotline.storage.directory.tables import directory_person
from hotline.storage.projects.tables import project
from hotline.storage.staff.tables import person
from hotline.storage.transaction import TableStore
from hotline.storage.visits.tables import IS_OPEN, visit

#: Who could be asked: the customer's id (None where none is known), name and number.
Candidate = tuple[int | None, str, Number]


class CandidateStore(TableStore):
    def customers(self, after: int, limit: int, level: str) -> list[Candidate]:
        """By id, those behind `after` that are not merged, each with a mobile number if they have one; of this level,
        "" for all."""
        wanted = select(customer.c.id, customer.c.name).where(customer.c.id > after, customer.c.merged_into.is_(None))
        if level:
            wanted = wanted.where(customer.c.level == level)
        rows = self._connection.execute(wanted.order_by(customer.c.id).limit(limit)).all()
        numbers = self._numbers_of([row.id for row in rows])
        return [(row.id, row.name, numbers.get(row.id, NO_NUMBER)) for row in rows]

    def of_projects_ending(self, since: date, until: date) -> Iterator[Candidate]:
        """Each customer whose project ends within these days; the project's contact where it names one."""
        columns = project.c
        rows = self._connection.execute(
            select(columns.customer_id, columns.contact, columns.number)
            .where(columns.ends_on >= midnight(since), columns.ends_on <= midnight(until))
            .order_by(columns.ends_on, columns.id)
        ).all()
        numbers = self._numbers_of([row.customer_id for row in rows])
        for row in rows:
            yield row.customer_id, row.contact, row.number or numbers.get(row.customer_id, NO_NUMBER)

    def callers(self, since: datetime, until: datetime) -> list[Number]:
        """Whose calls began within this time, each number once."""
        columns = call.c
        wanted = (
            select(columns.caller_number)
            .where(
                columns.started_at >= since,
                columns.started_at < until,
                columns.direction == Direction.INBOUND.value,
                columns.caller_number != "",
            )
            .distinct()
            .order_by(columns.caller_number)
        )
        return [Number.stored(found) for found in self._connection.scalars(wanted)]

    def people(self, numbers: Collection[Number]) -> dict[Number, list[Customer]]:
        """Whose each number is; merged ones are left out."""
        owners: dict[Number, list[int]] = defaultdict(list)
        for some in batches(sorted(set(numbers) - {NO_NUMBER})):
            rows = self._connection.execute(
                select(customer_number.c.number, customer_number.c.customer_id)
                .where(customer_number.c.number.in_(some))
                .order_by(customer_number.c.id)
            )
            for row in rows:
                owners[row.number].append(row.customer_id)
        ids = {each for some_ids in owners.values() for each in some_ids}
        known = {each.id: each for each in CustomerStore(self._tx).by_ids(ids) if each.merged_into is None}
        return {number: [known[id] for id in dict.fromkeys(found) if id in known] for number, found in owners.items()}

    def with_open_visits(self, numbers: Sequence[Number], customer_ids: Sequence[int]) -> set[Number | int]:
        """Those of them of whom a visit is open."""
        return self._visited(numbers, customer_ids, None)

    def visited_since(
        self, numbers: Sequence[Number], customer_ids: Sequence[int], since: datetime
    ) -> set[Number | int]:
        """Those of them who answered in a visit since then."""
        return self._visited(numbers, customer_ids, since)

    def _visited(
        self, numbers: Sequence[Number], customer_ids: Sequence[int], since: datetime | None
    ) -> set[Number | int]:
        columns = visit.c
        made = and_(columns.closed_at >= since, columns.ending == Ending.ANSWERED.value) if since else IS_OPEN
        theirs = or_(columns.number.in_(numbers), columns.customer_id.in_(customer_ids))
        found: set[Number | int] = set()
        for row in self._connection.execute(select(columns.number, columns.customer_id).where(made, theirs)):
            found |= {each for each in (row.number, row.customer_id) if each}
        return found

    def own_people(self) -> set[Number]:
        """Numbers of our people and of the directory."""
        mobiles = self._connection.scalars(select(person.c.mobile).where(person.c.mobile != ""))
        others = self._connection.scalars(select(directory_person.c.number).where(directory_person.c.number != ""))
        return {*mobiles, *others}

    def _numbers_of(self, customer_ids: Sequence[int]) -> dict[int, Number]:
        """By customer, a mobile number, else the first one."""
        found: dict[int, Number] = {}
        for some in batches(sorted(set(customer_ids))):
            rows = self._connection.execute(
                select(customer_number.c.customer_id, customer_number.c.number)
                .where(customer_number.c.customer_id.in_(some))
                .order_by(customer_number.c.id)
            )
            for row in rows:
                before = found.get(row.customer_id)
                if before is None or (_is_mobile(row.number) and not _is_mobile(before)):
                    found[row.customer_id] = row.number
        return found


def _is_mobile(number: Number) -> bool:
    return number.startswith("+861") and len(number) == 14
