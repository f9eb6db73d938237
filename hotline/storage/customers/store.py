"""Customers and their numbers."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, func, insert, select, update

from hotline.domain.batches import batches
from hotline.domain.calls.call import Direction
from hotline.domain.customers.customer import WRITTEN, Customer, CustomerNumber, PreferredWay
from hotline.domain.customers.history import HistoryKind, HistoryPage, Merge
from hotline.domain.customers.search import CustomerPage, CustomerQuery
from hotline.domain.errors import Conflict
from hotline.storage.calls.tables import call
from hotline.storage.customers import history as customer_history
from hotline.storage.customers import merges as customer_merges
from hotline.storage.customers import search as customer_search
from hotline.storage.customers.tables import customer, customer_number
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

#: As in hotline.storage.calls.facts: SQLite takes 32,766 variables in a statement.
_AT_ONCE = 1000

#: Asked at every ring: made once, since making it costs as much as asking.
_OF_NUMBER = (
    select(
        customer, *(customer_number.c[name].label(f"number_{name}") for name in ("id", "number", "extension", "label"))
    )
    .join(customer_number, customer_number.c.customer_id == customer.c.id)
    .where(
        customer.c.id.in_(select(customer_number.c.customer_id).where(customer_number.c.number == bindparam("of"))),
        customer.c.merged_into.is_(None),
    )
    .order_by(customer.c.id, customer_number.c.id)
    .limit(500)
)


def _columns_of(person: Customer) -> dict[str, Any]:
    written = {field: getattr(person, field) for field in WRITTEN}
    texts = (person.name, person.company, person.region, person.address, person.mail, person.note)
    return {
        **written,
        "preferred_way": person.preferred_way.value,
        "merged_into": person.merged_into,
        "search_text": "\n".join(text for text in texts if text).casefold(),
        "version": person.version,
        "updated_at": person.updated_at,
        "updated_by": person.updated_by,
    }


def _customer(row: Row[Any], numbers: Sequence[CustomerNumber]) -> Customer:
    return Customer(
        name=row.name,
        company=row.company,
        region=row.region,
        address=row.address,
        mail=row.mail,
        preferred_way=PreferredWay(row.preferred_way),
        do_not_call=row.do_not_call,
        level=row.level,
        consent_at=row.consent_at,
        note=row.note,
        numbers=tuple(numbers),
        merged_into=row.merged_into,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        id=row.id,
    )


class CustomerStore(TableStore):
    def by_id(self, customer_id: int) -> Customer | None:
        """As it stands, merged or not."""
        found = self._read(select(customer).where(customer.c.id == customer_id))
        return found[0] if found else None

    def by_ids(self, customer_ids: Collection[int]) -> list[Customer]:
        """In the order of the ids as given."""
        ids = list(customer_ids)
        found = {}
        for some in batches(ids):
            found.update({person.id: person for person in self._read(select(customer).where(customer.c.id.in_(some)))})
        return [found[id] for id in ids if id in found]

    def of_number(self, number: str) -> list[Customer]:
        """Those that have this number (E.164), whatever the extension; merged ones are left out."""
        if not number:
            return []
        rows: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in self._connection.execute(_OF_NUMBER, {"of": number}):
            rows[row.id].append(row)
        return [
            _customer(
                some[0],
                [
                    CustomerNumber(row.number_number, row.number_extension, row.number_label, row.number_id)
                    for row in some
                ],
            )
            for some in rows.values()
        ]

    def search(self, query: CustomerQuery, limit: int, offset: int = 0) -> CustomerPage:
        ids, total = customer_search.find(self._connection, query, limit, offset)
        return CustomerPage(tuple(self.by_ids(ids)), total)

    def all(self) -> Iterator[Customer]:
        """Every one that is not merged, by id."""
        last = 0
        while some := self._read(
            select(customer)
            .where(customer.c.id > last, customer.c.merged_into.is_(None))
            .order_by(customer.c.id)
            .limit(_AT_ONCE)
        ):
            yield from some
            last = some[-1].id or 0

    def last_calls(self, customers: Sequence[Customer]) -> dict[int, dt.datetime]:
        """When each of them called last, by their id; who never called is left out."""
        numbers = sorted({number for person in customers for number in person.whole_numbers})
        latest: dict[str, dt.datetime] = {}
        for some in batches(numbers):
            rows = self._connection.execute(
                select(call.c.caller_number, func.max(call.c.started_at).label("at"))
                .where(call.c.caller_number.in_(some), call.c.direction == Direction.INBOUND.value)
                .group_by(call.c.caller_number)
            )
            latest.update((row.caller_number, row.at) for row in rows)
        found = {person.id or 0: [latest[n] for n in person.whole_numbers if n in latest] for person in customers}
        return {id: max(times) for id, times in found.items() if times}

    def add(self, person: Customer) -> Customer:
        """With ids, numbers too."""
        values = {**_columns_of(person), "created_at": person.created_at}
        customer_id = new_id(self._connection.execute(insert(customer).values(values)))
        numbers = tuple(self.add_number(customer_id, number) for number in person.numbers)
        return dataclasses.replace(person, id=customer_id, numbers=numbers)

    def update(self, person: Customer, version: int) -> bool:
        """Write its own fields and its version; False unless the row still has `version`. Numbers are left alone."""
        return (
            self._connection.execute(
                update(customer)
                .where(customer.c.id == person.id, customer.c.version == version)
                .values(_columns_of(person))
            ).rowcount
            == 1
        )

    def add_number(self, customer_id: int, number: CustomerNumber) -> CustomerNumber:
        """Raises Conflict if this customer has it already."""
        same = and_(
            customer_number.c.customer_id == customer_id,
            customer_number.c.number == number.number,
            customer_number.c.extension == number.extension,
        )
        if self._connection.scalar(select(customer_number.c.id).where(same)) is not None:
            raise Conflict("customers.number_there")
        result = self._connection.execute(
            insert(customer_number).values(
                customer_id=customer_id, number=number.number, extension=number.extension, label=number.label
            )
        )
        return dataclasses.replace(number, id=new_id(result))

    def remove_number(self, customer_id: int, number_id: int) -> bool:
        return (
            self._connection.execute(
                delete(customer_number).where(
                    customer_number.c.id == number_id, customer_number.c.customer_id == customer_id
                )
            ).rowcount
            == 1
        )

    def move_numbers(self, number_ids: Collection[int], to_id: int) -> tuple[int, ...]:
        """Those moved; one that `to_id` has already stays where it was."""
        return customer_merges.move_numbers(self._connection, number_ids, to_id)

    def form_ids(self, customer_id: int, numbers: Collection[str] | None = None) -> tuple[int, ...]:
        """The forms of this customer; with `numbers` only those of calls from them."""
        return customer_merges.form_ids(self._connection, customer_id, numbers)

    def case_ids(
        self, customer_id: int, numbers: Collection[str] | None = None, form_ids: Collection[int] = ()
    ) -> tuple[int, ...]:
        """The cases of this customer; with `numbers` only those from them or from one of these forms."""
        return customer_merges.case_ids(self._connection, customer_id, numbers, form_ids)

    def move_records(self, from_id: int, to_id: int, form_ids: Collection[int], case_ids: Collection[int]) -> None:
        """Those of them that still are `from_id`'s."""
        customer_merges.move_records(self._connection, from_id, to_id, form_ids, case_ids)

    def add_merge(self, merge: Merge) -> Merge:
        return customer_merges.add(self._connection, merge)

    def merge_of(self, merged_id: int) -> Merge | None:
        """How this customer was merged, unless that was undone."""
        return customer_merges.open_of(self._connection, merged_id)

    def merged_here(self, customer_id: int) -> list[Customer]:
        """Those that were merged into this one, directly or one by another."""
        found: list[Customer] = []
        above = [customer_id]
        while above:
            some = self._read(select(customer).where(customer.c.merged_into.in_(above)).order_by(customer.c.id))
            found += some
            above = [person.id or 0 for person in some]
        return found

    def undo_merge(self, merge_id: int, now: dt.datetime) -> bool:
        return customer_merges.undo(self._connection, merge_id, now)

    def history(self, person: Customer, kinds: Collection[HistoryKind], limit: int, offset: int = 0) -> HistoryPage:
        """Calls from its numbers (but for those that were written down as somebody else's) or written down as its,
        and its cases."""
        return customer_history.read(self._connection, person, kinds, limit, offset)

    def _read(self, wanted: Select[Any]) -> list[Customer]:
        rows = self._connection.execute(wanted).all()
        numbers = self._numbers([row.id for row in rows])
        return [_customer(row, numbers[row.id]) for row in rows]

    def _numbers(self, customer_ids: Sequence[int]) -> Mapping[int, list[CustomerNumber]]:
        found: dict[int, list[CustomerNumber]] = defaultdict(list)
        if customer_ids:
            rows = self._connection.execute(
                select(customer_number)
                .where(customer_number.c.customer_id.in_(customer_ids))
                .order_by(customer_number.c.id)
            )
            for row in rows:
                found[row.customer_id].append(CustomerNumber(row.number, row.extension, row.label, row.id))
        return found
