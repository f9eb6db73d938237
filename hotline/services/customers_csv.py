"""Customers as a table: brought in, and given out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.customer import (
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
from hotline.domain.records import Actor
from hotline.services import csv_table
from hotline.services.errors import Refused
from hotline.services.ports import Storage, Work

#: Column names as they may stand in the first line, in any order.
COLUMNS = {
    "name": "name", "姓名": "name", "客户": "name", "联系人": "name",
    "company": "company", "公司": "company", "单位": "company",
    "numbers": "numbers", "number": "numbers", "phone": "numbers", "电话": "numbers", "号码": "numbers",
    "手机": "numbers", "联系电话": "numbers",
    "region": "region", "地区": "region", "省市": "region",
    "address": "address", "地址": "address",
    "mail": "mail", "email": "mail", "邮箱": "mail",
    "preferred_way": "preferred_way", "回访方式": "preferred_way",
    "do_not_call": "do_not_call", "不再去电": "do_not_call", "免打扰": "do_not_call",
    "note": "note", "备注": "note",
}  # fmt: skip
HEADER = ("name", "company", "numbers", "region", "address", "mail", "preferred_way", "do_not_call", "note")

MAX_ROWS = 200_000
#: Wrong lines that are told; nobody reads more.
MAX_PROBLEMS = 100
#: Rows a transaction: SQLite has one writer, and calls come in meanwhile.
_AT_ONCE = 200

_WAYS = {
    **{way.value: way for way in PreferredWay}, "": PreferredWay.PHONE, "电话": PreferredWay.PHONE,
    "短信": PreferredWay.SMS, "邮件": PreferredWay.MAIL, "不回访": PreferredWay.NONE, "无": PreferredWay.NONE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were new people, how many said more about somebody known, and how many said nothing new."""

    added: int = 0
    changed: int = 0
    known: int = 0


def read_customers(text: str, outside_prefixes: Sequence[str] = ()) -> list[Customer]:
    """The customers of the table. Raises Refused naming every line that cannot be read (at most MAX_PROBLEMS)."""
    found, wrong = [], []
    for line, row in csv_table.rows(text, COLUMNS, (), MAX_ROWS):
        try:
            found.append(_customer(row, outside_prefixes))
        except ValueError as error:
            wrong.append(f"line {line}: {error}")
            if len(wrong) == MAX_PROBLEMS:
                wrong.append("… and perhaps more")
                break
    if wrong:
        raise Refused("\n".join(wrong))
    return found


def import_customers(
    storage: Storage, customers: list[Customer], actor: Actor, now: datetime, dry_run: bool = False
) -> Imported:
    """Whoever has one of a row's numbers and the same name (or none) is that person: gaps are filled, numbers added,
    and who does not want to be called is not called. All others are new. Doing it again changes nothing."""
    total = Imported()
    for start in range(0, len(customers), _AT_ONCE):
        some = customers[start:start + _AT_ONCE]
        if dry_run:
            with storage.reading() as work:
                outcomes = [_outcome(row, _same(work, row)) for row in some]
        else:
            with storage.writing() as work:
                outcomes = [_take_in(work, row, actor, now) for row in some]
        total = Imported(total.added + outcomes.count("added"), total.changed + outcomes.count("changed"),
                         total.known + outcomes.count("known"))
    if not dry_run and customers:
        with storage.writing() as work:
            work.audit.add(now, actor.name, "customers.import", "customers",
                           f"{total.added} added, {total.changed} changed, {total.known} known")
    return total


def export_customers(storage: Storage, actor: Actor, now: datetime) -> Iterator[str]:
    """Every customer with whole numbers, a line at a time; it stands in the audit log before the first (F8)."""
    with storage.writing() as work:
        work.audit.add(now, actor.name, "customers.export", "customers")
    with storage.reading() as work:
        yield from csv_table.write(HEADER, (_line(customer) for customer in work.customers.all()))


def _customer(row: dict[str, str], outside_prefixes: Sequence[str]) -> Customer:
    written = [part for part in re.split(r"[;；、\n]", row.get("numbers", "")) if part.strip()]
    if len(written) > MAX_NUMBERS:
        raise ValueError(f"numbers: at most {MAX_NUMBERS} were expected")
    found = _once(_number(part, outside_prefixes) for part in written)
    way = _WAYS.get(row.get("preferred_way", "").strip().lower())
    if way is None:
        raise ValueError("preferred_way: phone, sms, mail or none (电话, 短信, 邮件, 不回访) was expected")
    try:
        do_not_call = csv_table.yes(row.get("do_not_call", ""))
    except ValueError as error:
        raise ValueError(f"do_not_call: {error}") from None
    customer = checked(Customer(
        **{field: row.get(field, "") for field in ("name", "company", "region", "address", "mail", "note")},
        preferred_way=way, do_not_call=do_not_call, numbers=found))
    if not (customer.name or customer.company or customer.numbers):
        raise ValueError("a name, a company or a number was expected")
    return customer


def _number(written: str, outside_prefixes: Sequence[str]) -> CustomerNumber:
    try:
        return read_number(written, outside_prefixes=outside_prefixes)
    except ValueError as error:
        raise ValueError(f"numbers: {error}") from None


def _once(found: Iterable[CustomerNumber]) -> tuple[CustomerNumber, ...]:
    return tuple({(number.number, number.extension): number for number in found}.values())


def _same(work: Work, row: Customer) -> Customer | None:
    for number in row.numbers:
        for known in work.customers.of_number(number.number):
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
    there = {(number.number, number.extension) for number in known.numbers}
    return [number for number in row.numbers if (number.number, number.extension) not in there]


def _take_in(work: Work, row: Customer, actor: Actor, now: datetime) -> str:
    known = _same(work, row)
    outcome = _outcome(row, known)
    if known is None:
        work.customers.add(replace(row, created_at=now, updated_at=now, updated_by=actor.name))
    elif outcome == "changed":
        for number in _missing(row, known)[:max(MAX_NUMBERS - len(known.numbers), 0)]:
            work.customers.add_number(known.id or 0, number)
        work.customers.update(replace(merged(known, row), version=known.version + 1, updated_at=now,
                                      updated_by=actor.name), known.version)
    return outcome


def _line(customer: Customer) -> tuple[str, ...]:
    shown = ";".join(as_written(number, masked=False) for number in customer.numbers)
    return (customer.name, customer.company, shown, customer.region, customer.address, customer.mail,
            customer.preferred_way.value, "yes" if customer.do_not_call else "no", customer.note)

