"""Which rows are a person's (G3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, or_, select

from hotline.domain.batches import batches
from hotline.domain.persons import Whose
from hotline.storage.forms.tables import call_form
from hotline.storage.kept_for import CallKey


def theirs(number: ColumnElement[Any], customer_id: ColumnElement[Any], whose: Whose) -> ColumnElement[bool]:
    """By the number, where no customer is written down, and by the customer."""
    parts: list[ColumnElement[bool]] = [false()]
    if whose.numbers:
        parts.append(and_(number.in_(sorted(whose.numbers)), customer_id.is_(None)))
    if whose.customer_ids:
        parts.append(customer_id.in_(sorted(whose.customer_ids)))
    return or_(*parts)


def theirs_by_form(table: Table, number: ColumnElement[Any], whose: Whose) -> Select[Any]:
    """Rows of a table that know their call: whose they are the call's log form says, if it says anything."""
    same = and_(call_form.c.node == table.c.node, call_form.c.linkedid == table.c.linkedid)
    return select(table).outerjoin(call_form, same).where(theirs(number, call_form.c.customer_id, whose))


def at_calls(calls: Collection[CallKey]) -> Iterator[Callable[[Table], ColumnElement[bool]]]:
    """Conditions that a table with `node` and `linkedid` is asked by, one after the other: together, all its rows of
    these calls."""
    by_node: dict[str, list[str]] = defaultdict(list)
    for node, linkedid in sorted(calls):
        by_node[node].append(linkedid)
    for node, linkedids in by_node.items():
        for some in batches(linkedids):
            yield partial(_of_node, node=node, linkedids=some)


def _of_node(table: Table, node: str, linkedids: Collection[str]) -> ColumnElement[bool]:
    return and_(table.c.node == node, table.c.linkedid.in_(linkedids))
