"""Finding customers: by number through its index, by words through one look at a column of every row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from hotline.domain.customers.search import CustomerQuery
from hotline.domain.rights.seeing import NumberAsked
from hotline.storage.customers.tables import CUSTOMER_NUMBERS, customer, customer_number
from hotline.storage.forms.tables import call_form
from hotline.storage.number_search import number_found, rows_with_part

#: Words are looked for in so many of the newest forms: with years of them a search would take seconds.
FORMS_LOOKED_AT = 50_000

#: Whose data were deleted at their wish, the row alone is left, which is nobody's any more.
_TELLS_WHO = or_(
    customer.c.name != "",
    customer.c.company != "",
    select(customer_number.c.id).where(customer_number.c.customer_id == customer.c.id).exists(),
)

_FORM_TEXTS = (call_form.c.content, call_form.c.handling, call_form.c.caller_name)


def find(connection: Connection, query: CustomerQuery, limit: int, offset: int) -> tuple[list[int], int]:
    """The ids of a page, best fit first, and how many there are in all."""
    if query.nobody:
        return [], 0
    if query.words or query.everybody:
        wanted, order = _by_words(connection, query)
    else:
        wanted, order = _by_number(connection, query)
    newest = (customer.c.updated_at.desc(), customer.c.id.desc())
    page = wanted.add_columns(func.count().over().label("total")).order_by(*order, *newest)
    rows = connection.execute(page.limit(limit).offset(offset)).all()
    if rows:
        return [row.id for row in rows], rows[0].total
    total = connection.scalar(select(func.count()).select_from(wanted.subquery())) if offset else 0
    return [], total or 0


def _by_number(connection: Connection, query: CustomerQuery) -> tuple[Select[Any], tuple[ColumnElement[Any], ...]]:
    """The number with this extension first; then the number with none or another one behind it."""
    asked = None if query.digits else NumberAsked(query.number, query.end)
    part = query.digits if asked is None else asked.end
    among = rows_with_part(connection, CUSTOMER_NUMBERS, part)
    fits = and_(number_found(asked, customer_number.c.number, query.digits), *among)
    rank = func.min(case((customer_number.c.extension == query.extension, 0), else_=1))
    wanted = (
        select(customer.c.id)
        .join(customer_number, customer_number.c.customer_id == customer.c.id)
        .where(fits, customer.c.merged_into.is_(None))
        .group_by(customer.c.id, customer.c.updated_at)
    )
    return wanted, (rank,) if query.extension else ()


def _by_words(connection: Connection, query: CustomerQuery) -> tuple[Select[Any], tuple[ColumnElement[Any], ...]]:
    holds = func.strpos if connection.dialect.name == "postgresql" else func.instr
    wanted = select(customer.c.id).where(customer.c.merged_into.is_(None))
    if not query.words:
        return wanted.where(_TELLS_WHO), ()
    oldest = (connection.scalar(select(func.max(call_form.c.id))) or 0) - FORMS_LOOKED_AT
    for word in query.words:
        wanted = wanted.where(_stands(holds, word, oldest))
    first = query.words[0]
    rank = case(
        (customer.c.name == first, 0),
        (customer.c.name.startswith(first, autoescape=True), 1),
        (holds(customer.c.search_text, first.casefold()) > 0, 2),
        else_=3,
    )
    return wanted, (rank,)


def _stands(holds: Any, word: str, oldest: int) -> ColumnElement[bool]:
    """The word is in one of the customer's texts, or in a form of theirs. Within forms letters count as written."""
    own = holds(customer.c.search_text, word.casefold()) > 0
    in_form = or_(*(holds(text, word) > 0 for text in _FORM_TEXTS))
    theirs = select(call_form.c.customer_id).where(
        call_form.c.id > oldest, call_form.c.customer_id.is_not(None), in_form
    )
    of_number = (
        select(customer_number.c.customer_id)
        .join(call_form, call_form.c.number == customer_number.c.number)
        .where(call_form.c.id > oldest, call_form.c.customer_id.is_(None), in_form)
    )
    return or_(own, customer.c.id.in_(theirs), customer.c.id.in_(of_number))
