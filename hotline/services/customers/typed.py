"""A new customer as somebody types them into a form: the numbers, and who has one of them already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.errors import Refused
from hotline.domain.numbers import as_dialled
from hotline.domain.people import Actor
from hotline.services.customers import customers
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage

#: A semicolon before an extension parts nothing: 010-88886666；转 801.
_BETWEEN = re.compile(r"[\r\n]+|[;；](?=\s*[+＋0-9０-９(（])")


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """A number of the new customer, as it is dialled, and the name of somebody else who has it."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Added:
    customer: Customer
    shared: tuple[SharedNumber, ...]


def numbers_of(typed: str, outside_prefixes: Sequence[str] = ()) -> tuple[CustomerNumber, ...]:
    """One a line, or with semicolons between. Raises Refused, which names the one that is none."""
    return tuple(_number(each.strip(), outside_prefixes) for each in _BETWEEN.split(typed) if each.strip())


def _number(written: str, outside_prefixes: Sequence[str]) -> CustomerNumber:
    try:
        return customers.parse_number(written, outside_prefixes=outside_prefixes)
    except Refused as error:
        raise Refused("customers.this_number", got=written[:40], field=error.field) from None


def add(storage: Storage, customer: Customer, actor: Actor, now: datetime) -> Added:
    """As `customers.create`; who else has one of the numbers is told, for two may well have one. Raises Refused."""
    added = customers.create(storage, customer, actor, now)
    with storage.reading() as tx:
        shared = [
            SharedNumber(as_dialled(each.number), other.name or other.company or f"#{other.id}")
            for each in added.numbers
            for other in CustomerStore(tx).of_number(each.number)
            if other.id != added.id
        ]
    return Added(added, tuple(shared))
