"""Moves numbers, forms and cases when customers are merged or split."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, insert, select, tuple_, update

from hotline.domain.batches import batches
from hotline.domain.customers.history import Merge
from hotline.storage.cases.tables import service_case
from hotline.storage.customers.tables import customer_merge, customer_number
from hotline.storage.forms.tables import call_form
from hotline.storage.inserted import new_id


def merge_of(row: Row[Any]) -> Merge:
    moved = row.moved
    return Merge(
        row.kept_id,
        row.merged_id,
        row.at,
        row.by,
        tuple(moved["numbers"]),
        tuple(moved["forms"]),
        tuple(moved["cases"]),
        row.kept_before,
        row.kept_version,
        row.undone_at,
        row.id,
    )


def add(connection: Connection, merge: Merge) -> Merge:
    moved = {"numbers": merge.number_ids, "forms": merge.form_ids, "cases": merge.case_ids}
    result = connection.execute(
        insert(customer_merge).values(
            kept_id=merge.kept_id,
            merged_id=merge.merged_id,
            at=merge.at,
            by=merge.by,
            moved=moved,
            kept_before=merge.kept_before or {},
            kept_version=merge.kept_version,
        )
    )
    return dataclasses.replace(merge, id=new_id(result))


def open_of(connection: Connection, merged_id: int) -> Merge | None:
    row = connection.execute(
        select(customer_merge).where(customer_merge.c.merged_id == merged_id, customer_merge.c.undone_at.is_(None))
    ).first()
    return merge_of(row) if row else None


def undo(connection: Connection, merge_id: int, now: dt.datetime) -> bool:
    return (
        connection.execute(
            update(customer_merge)
            .where(customer_merge.c.id == merge_id, customer_merge.c.undone_at.is_(None))
            .values(undone_at=now)
        ).rowcount
        == 1
    )


def move_numbers(connection: Connection, number_ids: Collection[int], to_id: int) -> tuple[int, ...]:
    there = select(customer_number.c.number, customer_number.c.extension).where(customer_number.c.customer_id == to_id)
    movable = select(customer_number.c.id).where(
        customer_number.c.id.in_(list(number_ids)),
        tuple_(customer_number.c.number, customer_number.c.extension).not_in(there),
    )
    moved = tuple(connection.scalars(movable.order_by(customer_number.c.id)))
    if moved:
        connection.execute(update(customer_number).where(customer_number.c.id.in_(moved)).values(customer_id=to_id))
    return moved


def form_ids(connection: Connection, customer_id: int, numbers: Collection[str] | None) -> tuple[int, ...]:
    wanted = select(call_form.c.id).where(call_form.c.customer_id == customer_id).order_by(call_form.c.id)
    if numbers is not None:
        wanted = wanted.where(call_form.c.number.in_(list(numbers)))
    return tuple(connection.scalars(wanted))


def case_ids(
    connection: Connection, customer_id: int, numbers: Collection[str] | None, form_ids: Collection[int]
) -> tuple[int, ...]:
    rows = connection.execute(
        select(service_case.c.id, service_case.c.caller_number, service_case.c.form_id)
        .where(service_case.c.customer_id == customer_id)
        .order_by(service_case.c.id)
    )
    forms = set(form_ids)
    return tuple(row.id for row in rows if numbers is None or row.caller_number in numbers or row.form_id in forms)


def move_records(
    connection: Connection, from_id: int, to_id: int, form_ids: Collection[int], case_ids: Collection[int]
) -> None:
    for table, wanted in ((call_form, list(form_ids)), (service_case, list(case_ids))):
        for some in batches(wanted):
            connection.execute(
                update(table).where(table.c.id.in_(some), table.c.customer_id == from_id).values(customer_id=to_id)
            )
