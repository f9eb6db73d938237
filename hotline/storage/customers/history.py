"""A customer's past: calls with their forms, and cases, newest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, literal, or_, select, union, union_all

from hotline.domain.customers.customer import Customer
from hotline.domain.customers.history import CaseSummary, FormSummary, HistoryEntry, HistoryKind, HistoryPage
from hotline.storage.calls.tables import call
from hotline.storage.calls.with_customer import IS_WITH_CUSTOMER
from hotline.storage.cases.tables import service_case
from hotline.storage.forms.tables import call_form

_FORM = tuple(FormSummary.__dataclass_fields__)
_CASE = tuple(CaseSummary.__dataclass_fields__)


def read(
    connection: Connection, person: Customer, kinds: Collection[HistoryKind], limit: int, offset: int
) -> HistoryPage:
    parts = [_PARTS[kind](person) for kind in HistoryKind if kind in kinds]
    if not parts:
        return HistoryPage((), 0)
    found = union_all(*parts).subquery()
    total = connection.scalar(select(func.count()).select_from(found)) or 0
    rows = connection.execute(
        select(found).order_by(found.c.at.desc(), found.c.id.desc()).limit(limit).offset(offset)
    ).all()
    return HistoryPage(_entries(connection, rows), total)


def _calls(person: Customer) -> Select[Any]:
    """From its numbers, unless written down as another customer's; or written down as its."""
    of_form = and_(call_form.c.node == call.c.node, call_form.c.linkedid == call.c.linkedid)
    columns = (literal(HistoryKind.CALL.value).label("kind"), call.c.id.label("id"), call.c.started_at.label("at"))
    from_numbers = (
        select(*columns)
        .outerjoin(call_form, of_form)
        .where(
            call.c.caller_number.in_(sorted(person.whole_numbers)),
            IS_WITH_CUSTOMER,
            or_(call_form.c.customer_id.is_(None), call_form.c.customer_id == person.id),
        )
    )
    written_down = select(*columns).join(call_form, of_form).where(call_form.c.customer_id == person.id)
    both = union(from_numbers, written_down).subquery()
    return select(both.c.kind, both.c.id, both.c.at)


def _cases(person: Customer) -> Select[Any]:
    columns = (
        literal(HistoryKind.CASE.value).label("kind"),
        service_case.c.id.label("id"),
        service_case.c.opened_at.label("at"),
    )
    from_numbers = and_(
        service_case.c.customer_id.is_(None), service_case.c.caller_number.in_(sorted(person.whole_numbers))
    )
    return select(*columns).where(or_(service_case.c.customer_id == person.id, from_numbers))


_PARTS = {HistoryKind.CALL: _calls, HistoryKind.CASE: _cases}


def _entries(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[HistoryEntry, ...]:
    calls = _call_entries(connection, [row.id for row in rows if row.kind == HistoryKind.CALL])
    cases = _case_entries(connection, [row.id for row in rows if row.kind == HistoryKind.CASE])
    return tuple((calls if row.kind == HistoryKind.CALL else cases)[row.id] for row in rows)


def _call_entries(connection: Connection, ids: Sequence[int]) -> dict[int, HistoryEntry]:
    if not ids:
        return {}
    of_form = and_(call_form.c.node == call.c.node, call_form.c.linkedid == call.c.linkedid)
    form_columns = [call_form.c[name].label(f"form_{name}") for name in _FORM]
    rows = connection.execute(
        select(call.c.id, call.c.started_at, call.c.detail, *form_columns)
        .outerjoin(call_form, of_form)
        .where(call.c.id.in_(ids))
    )
    return {row.id: HistoryEntry(HistoryKind.CALL, row.started_at, row.id, row.detail, _form(row)) for row in rows}


def _form(row: Row[Any]) -> FormSummary | None:
    if row.form_id is None:
        return None
    return FormSummary(**{name: getattr(row, f"form_{name}") for name in _FORM})


def _case_entries(connection: Connection, ids: Sequence[int]) -> dict[int, HistoryEntry]:
    if not ids:
        return {}
    rows = connection.execute(select(service_case).where(service_case.c.id.in_(ids)))
    return {
        row.id: HistoryEntry(
            HistoryKind.CASE, row.opened_at, case=CaseSummary(**{name: getattr(row, name) for name in _CASE})
        )
        for row in rows
    }
