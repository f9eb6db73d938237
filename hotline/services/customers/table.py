"""Customers as a table: brought in, and given out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotline.domain.batches import batches
from hotline.domain.customers.customer import (
    MAX_NUMBERS,
    WRITTEN,
    Customer,
    CustomerNumber,
    PreferredWay,
    as_written,
    checked,
    merged,
    read_number,
)
from hotline.domain.errors import HotlineError, Refused, StorageError
from hotline.domain.people import Actor
from hotline.domain.reasons import Unfit, broken
from hotline.domain.rights.acts import Act, may
from hotline.services import csv_table
from hotline.services.looks import note_look
from hotline.services.tables import cells, shape
from hotline.services.tables.faults import BadCell, TableProblem, gathered
from hotline.services.tables.rules import from_rule, yes_or_no
from hotline.services.tables.shape import Field, Kind, Shape
from hotline.services.tables.table import AS_IT_IS, OpenedTable, Reading, Row, open_table, read_rows
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage, Transaction

SHAPE = Shape(
    {
        "name": Field(shape.CUSTOMER),
        "company": Field(shape.COMPANY),
        "numbers": Field(shape.PHONE, Kind.PHONE, several=True),
        "region": Field(shape.REGION),
        "address": Field(shape.ADDRESS),
        "mail": Field(shape.MAIL),
        "preferred_way": Field(shape.WAY),
        "do_not_call": Field(shape.DO_NOT_CALL),
        "note": Field(shape.NOTE),
        "level": Field(shape.LEVEL),
    },
    needs=(("name", "company", "numbers"),),
    most=200_000,
)
HEADER = ("name", "company", "numbers", "region", "address", "mail", "preferred_way", "do_not_call", "note", "level")

#: Rows a transaction: SQLite has one writer, and calls come in meanwhile.
_AT_ONCE = 200
#: Greater than any id: whoever is not yet written down comes last.
_NEW = 2**63

_WAYS = {
    **{way.value: way for way in PreferredWay},
    "": PreferredWay.PHONE,
    "电话": PreferredWay.PHONE,
    "短信": PreferredWay.SMS,
    "邮件": PreferredWay.MAIL,
    "不回访": PreferredWay.NONE,
    "无": PreferredWay.NONE,
}


@dataclass(frozen=True, slots=True)
class ImportedCustomers:
    """How many rows were new people, how many said more about somebody known, and how many said nothing new."""

    added: int = 0
    changed: int = 0
    known: int = 0

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.known

    def with_more(self, outcomes: Sequence[str]) -> ImportedCustomers:
        return ImportedCustomers(
            self.added + outcomes.count("added"),
            self.changed + outcomes.count("changed"),
            self.known + outcomes.count("known"),
        )


def read_customers(content: bytes | str, reading: Reading = AS_IT_IS) -> list[Customer]:
    """The customers of the table. Raises Faults naming every line and column that cannot be taken."""
    return customers_of(open_table(content, SHAPE, reading))


def customers_of(opened: OpenedTable, outside_prefixes: Sequence[str] = ()) -> list[Customer]:
    """See `read_customers`. `outside_prefixes`: what a site's exchange wants dialled before a number."""
    return read_rows(opened, SHAPE, lambda row: _customer(row, outside_prefixes))


def import_customers(
    storage: Storage, customers: list[Customer], actor: Actor, now: datetime, dry_run: bool = False
) -> ImportedCustomers:
    """Whoever has one of a row's numbers and the same name (or none) is that person: gaps are filled, numbers added,
    and who does not want to be called is not called. All others are new. Doing it again changes nothing.

    Some rows are written at a time, so that a long table holds nobody up. Raises Refused, which says how many are in,
    when it breaks off between them."""
    total = ImportedCustomers()
    foreseen: dict[str, list[Customer]] = {}
    for some in batches(customers, _AT_ONCE):
        try:
            if dry_run:
                with storage.reading() as tx:
                    outcomes = [_foresee(tx, row, foreseen) for row in some]
            else:
                with storage.writing() as tx:
                    outcomes = [_take_in(tx, row, actor, now) for row in some]
        except HotlineError as error:
            if dry_run or not total.rows:
                raise
            why = broken(error)
            with suppress(StorageError):
                _note_import(storage, total, actor, now)
            raise Refused("customers.import_broke_off", done=total.rows, all=len(customers), why=why) from error
        total = total.with_more(outcomes)
    if not dry_run and customers:
        _note_import(storage, total, actor, now)
    return total


def _note_import(storage: Storage, done: ImportedCustomers, actor: Actor, now: datetime) -> None:
    told = f"{done.added} added, {done.changed} changed, {done.known} known"
    with storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, "customers.import", "customers", told)


def export_customers(storage: Storage, actor: Actor, now: datetime) -> Iterator[str]:
    """Every customer, a line at a time, with whole numbers for who sees them so (A14); it stands in the audit log
    before the first (F8)."""
    whole = may(Act.SEE_NUMBERS, actor.roles)
    note_look(storage, actor, now, "customers.export", "customers")
    with storage.reading() as tx:
        yield from csv_table.write(HEADER, (_line(customer, whole) for customer in CustomerStore(tx).all()))


def _customer(row: Row, outside_prefixes: Sequence[str]) -> Customer:
    numbers, way, do_not_call, texts = gathered(
        lambda: _numbers(row, outside_prefixes),
        lambda: _way(row),
        lambda: yes_or_no(row, "do_not_call"),
        lambda: _texts(row),
    )
    try:
        customer = checked(replace(texts, preferred_way=way, do_not_call=do_not_call, numbers=numbers))
    except Unfit as error:
        raise from_rule(error) from None
    if not (customer.name or customer.company or customer.numbers):
        raise BadCell("", TableProblem.NOBODY)
    return customer


def _texts(row: Row) -> Customer:
    texts: dict[str, Any] = {
        field: row.text(field) for field in ("name", "company", "region", "address", "mail", "note", "level")
    }
    try:
        return checked(Customer(**texts))
    except Unfit as error:
        raise from_rule(error) from None


def _numbers(row: Row, outside_prefixes: Sequence[str]) -> tuple[CustomerNumber, ...]:
    found = _once(
        _number(written, value.column, outside_prefixes)
        for value in row.values.get("numbers", ())
        for written in cells.numbers_in(value.text)
    )
    if len(found) > MAX_NUMBERS:
        raise BadCell("numbers", TableProblem.TOO_MANY, str(MAX_NUMBERS))
    return found


def _way(row: Row) -> PreferredWay:
    written = row.text("preferred_way").strip().lower()
    if written not in _WAYS:
        raise BadCell("preferred_way", TableProblem.WAY, written[:20])
    return _WAYS[written]


def _number(written: str, column: str, outside_prefixes: Sequence[str]) -> CustomerNumber:
    try:
        return read_number(written, outside_prefixes=outside_prefixes)
    except ValueError:
        raise BadCell("numbers", TableProblem.PHONE, written[:40], column) from None


def _once(found: Iterable[CustomerNumber]) -> tuple[CustomerNumber, ...]:
    return tuple({(number.number, number.extension): number for number in found}.values())


def _same(row: Customer, of_number: Callable[[str], Iterable[Customer]]) -> Customer | None:
    for number in row.numbers:
        for known in of_number(number.number):
            if not row.name or not known.name or known.name == row.name:
                return known
    return None


def _outcome(row: Customer, known: Customer | None) -> str:
    if known is None:
        return "added"
    return "changed" if _more(row, known) or _missing(row, known) else "known"


def _more(row: Customer, known: Customer) -> bool:
    return any(getattr(merged(known, row), field) != getattr(known, field) for field in WRITTEN)


def _missing(row: Customer, known: Customer) -> list[CustomerNumber]:
    """The numbers that `known` does not have. Raises Refused where they would be too many."""
    there = {(number.number, number.extension) for number in known.numbers}
    new = [number for number in row.numbers if (number.number, number.extension) not in there]
    if len(known.numbers) + len(new) > MAX_NUMBERS:
        raise Refused("customers.too_many_together", name=known.name or known.company, most=MAX_NUMBERS)
    return new


def _take_in(tx: Transaction, row: Customer, actor: Actor, now: datetime) -> str:
    known = _same(row, CustomerStore(tx).of_number)
    outcome = _outcome(row, known)
    if known is None:
        CustomerStore(tx).add(replace(row, created_at=now, updated_at=now, updated_by=actor.name))
    elif outcome == "changed":
        for number in _missing(row, known):
            CustomerStore(tx).add_number(known.id or 0, number)
        CustomerStore(tx).update(
            replace(merged(known, row), version=known.version + 1, updated_at=now, updated_by=actor.name), known.version
        )
    return outcome


def _foresee(tx: Transaction, row: Customer, foreseen: dict[str, list[Customer]]) -> str:
    """What `_take_in` would do. `foreseen`: by number, the customers as the rows before would have left them."""

    def of_number(number: str) -> Iterator[Customer]:
        here = foreseen.get(number, [])
        ids = {each.id for each in here}
        yield from sorted(
            (*here, *(each for each in CustomerStore(tx).of_number(number) if each.id not in ids)),
            key=lambda each: each.id or _NEW,
        )

    known = _same(row, of_number)
    outcome = _outcome(row, known)
    after = row if known is None else replace(merged(known, row), numbers=(*known.numbers, *_missing(row, known)))
    for number in after.whole_numbers:
        foreseen[number] = [*(each for each in foreseen.get(number, []) if each is not known), after]
    return outcome


def _line(customer: Customer, whole: bool) -> tuple[str, ...]:
    shown = ";".join(as_written(number, masked=not whole) for number in customer.numbers)
    return (
        customer.name,
        customer.company,
        shown,
        customer.region,
        customer.address,
        customer.mail,
        customer.preferred_way.value,
        "yes" if customer.do_not_call else "no",
        customer.note,
        customer.level,
    )
