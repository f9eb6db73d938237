"""Customers: found, looked at, written down. Each look and each change stands in the audit log (F8)."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain import numbers
from hotline.domain.customers.customer import MAX_NUMBERS, WRITTEN, Customer, CustomerNumber, checked, read_number
from hotline.domain.customers.history import HistoryKind, HistoryPage
from hotline.domain.customers.search import CustomerQuery, read_query
from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.reasons import Unfit
from hotline.domain.rights.acts import Act, may
from hotline.domain.rights.seeing import Sight
from hotline.services.customers.view import CustomerView, customer_view
from hotline.services.looks import note_look
from hotline.services.record_rights import require, ties_to_customers, ties_to_numbers
from hotline.services.sight import sight_of
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class FoundCustomers:
    """Best fit first. `total` counts all that the query finds; `last_calls`: when each called last, by their id."""

    customers: tuple[Customer, ...]
    total: int
    last_calls: Mapping[int, datetime]


@dataclass(frozen=True, slots=True)
class SeenCustomer:
    """A customer as they are looked at. `sight`: which of their numbers may be shown whole; `merged`: who turned out to
    be them; `asked_id`: the id that was asked for, which may be one of those."""

    customer: Customer
    sight: Sight
    history: HistoryPage
    merged: tuple[Customer, ...]
    asked_id: int


def customers_of(tx: Transaction, number: str) -> list[Customer]:
    """Whose number this is (any writing); several in a household or behind a switchboard, none for a new caller."""
    return CustomerStore(tx).of_number(numbers.normalise(number))


def find(storage: Storage, written: str, limit: int, offset: int, actor: Actor, now: datetime) -> FoundCustomers:
    """A page of those that `written` means: a number in any writing, a part of one, or words. Best fit first. Who sees
    numbers masked finds by a whole number or its last four digits (A14)."""
    parts, whole_too = may(Act.SEARCH_NUMBER_PARTS, actor.roles), may(Act.SEARCH_NUMBERS, actor.roles)
    query = read_query(written, parts, whole_too)
    with storage.reading() as tx:
        page = CustomerStore(tx).search(query, limit, offset)
        last_calls = CustomerStore(tx).last_calls(page.customers)
    note_look(storage, actor, now, "customers.search", "customers", _shown(query))
    return FoundCustomers(page.customers, page.total, last_calls)


def look(
    storage: Storage,
    customer_id: int,
    kinds: Collection[HistoryKind],
    limit: int,
    offset: int,
    actor: Actor,
    now: datetime,
) -> SeenCustomer:
    """The customer with a page of their past. Raises NotFound."""
    with storage.reading() as tx:
        customer = known(tx, customer_id)
        history = CustomerStore(tx).history(customer, kinds, limit, offset)
        merged = tuple(CustomerStore(tx).merged_here(customer.id or 0))
        sight = sight_of(tx, actor)
    note_look(storage, actor, now, "customer.view", f"customer:{customer.id}")
    return SeenCustomer(customer, sight, history, merged, customer_id)


def read_customer(storage: Storage, customer_id: int) -> Customer:
    """As `known`, for who is about to write. Raises NotFound."""
    with storage.reading() as tx:
        return known(tx, customer_id)


def as_seen(storage: Storage, customer_id: int, actor: Actor) -> CustomerView:
    """As `known`, for who has just written, with the numbers that they may see. Raises NotFound."""
    with storage.reading() as tx:
        return customer_view(known(tx, customer_id), sight_of(tx, actor))


def known(tx: Transaction, customer_id: int) -> Customer:
    """Who has this id, or whom its customer turned out to be. Raises NotFound."""
    found = CustomerStore(tx).by_id(customer_id) if is_id(customer_id) else None
    while found is not None and found.merged_into is not None:
        found = CustomerStore(tx).by_id(found.merged_into)
    if found is None:
        raise NotFound("customers.no_customer", id=customer_id)
    return found


def create(storage: Storage, customer: Customer, actor: Actor, now: datetime) -> Customer:
    """Somebody new, with the numbers given (each as `domain.customer.read_number` makes it). Raises Refused."""
    new = _checked(customer)
    if not (new.name or new.company or new.numbers):
        raise Refused("customers.nobody")
    _few(new.numbers)
    new = dataclasses.replace(
        new,
        id=None,
        version=1,
        merged_into=None,
        created_at=now,
        updated_at=now,
        updated_by=actor.name,
        numbers=_once(new.numbers),
    )
    with storage.writing() as tx:
        added = CustomerStore(tx).add(new)
        AuditLog(tx).add(now, actor.name, "customer.create", f"customer:{added.id}")
    return added


def edit(
    storage: Storage, customer_id: int, version: int, changes: Mapping[str, object], actor: Actor, now: datetime
) -> Customer:
    """Write `changes` (fields of WRITTEN). Raises NotFound, Refused, and Outdated if somebody was faster."""
    with storage.writing() as tx:
        old = known(tx, customer_id)
        written: dict[str, Any] = {name: changes[name] for name in WRITTEN if name in changes}
        new = _checked(dataclasses.replace(old, **written))
        changed = [name for name in WRITTEN if getattr(new, name) != getattr(old, name)]
        if old.version != version:
            raise Outdated("customers.changed_meanwhile")
        return save(tx, new, changed, actor, now) if changed else old


def save(tx: Transaction, customer: Customer, changed: Sequence[str], actor: Actor, now: datetime) -> Customer:
    """Write it as its next version; what `changed` stands in the audit log, a person's will with its value."""
    new = dataclasses.replace(customer, version=customer.version + 1, updated_at=now, updated_by=actor.name)
    if not CustomerStore(tx).update(new, customer.version):
        raise Outdated("customers.changed_meanwhile")
    AuditLog(tx).add(now, actor.name, "customer.change", f"customer:{new.id}", ", ".join(_told(new, changed)))
    return new


def add_number(
    storage: Storage,
    customer_id: int,
    written: str,
    label: str,
    actor: Actor,
    now: datetime,
    outside_prefixes: Sequence[str] = (),
) -> CustomerNumber:
    """Raises NotFound, Refused, Forbidden, Conflict if they have it already."""
    number = parse_number(written, label, outside_prefixes)
    with storage.writing() as tx:
        customer = known(tx, customer_id)
        require(Act.ADD_NUMBER, actor, ties_to_customers(sight_of(tx, actor), customer))
        _few((*customer.numbers, number))
        added = CustomerStore(tx).add_number(customer.id or 0, number)
        save(tx, customer, (f"number {added.id} added",), actor, now)
    return added


def remove_number(storage: Storage, customer_id: int, number_id: int, actor: Actor, now: datetime) -> None:
    """Raises NotFound, Forbidden."""
    with storage.writing() as tx:
        customer = known(tx, customer_id)
        chosen = [number for number in customer.numbers if number.id == number_id]
        require(Act.REMOVE_NUMBER, actor, ties_to_numbers(sight_of(tx, actor), chosen))
        if not is_id(number_id) or not CustomerStore(tx).remove_number(customer.id or 0, number_id):
            raise NotFound("customers.no_number", id=number_id)
        save(tx, customer, (f"number {number_id} removed",), actor, now)


def parse_number(written: str, label: str = "", outside_prefixes: Sequence[str] = ()) -> CustomerNumber:
    """As `domain.customer.read_number`; raises Refused."""
    try:
        return read_number(written, label, outside_prefixes)
    except Unfit as error:
        raise Refused.of(error.reason, "number") from None


def _checked(customer: Customer) -> Customer:
    try:
        return checked(customer)
    except Unfit as error:
        raise Refused.of(error.reason, error.field) from None


def _few(found: Sequence[CustomerNumber]) -> None:
    if len(found) > MAX_NUMBERS:
        raise Refused("customers.too_many_numbers", most=MAX_NUMBERS, field="numbers")


def _once(found: Sequence[CustomerNumber]) -> tuple[CustomerNumber, ...]:
    return tuple({(number.number, number.extension): number for number in reversed(found)}.values())[::-1]


def _told(customer: Customer, changed: Sequence[str]) -> list[str]:
    will = ("preferred_way", "do_not_call", "consent_at")
    return [f"{name}={getattr(customer, name)}" if name in will else name for name in changed]


def _shown(query: CustomerQuery) -> str:
    return query.number or query.digits or query.end or " ".join(query.words)
