"""A number in a column, as whoever asks for it may (A14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, false, func, or_, select

from hotline.domain.numbers import as_dialled
from hotline.domain.rights.seeing import NumberAsked
from hotline.storage.bulk import rows_of
from hotline.storage.number_parts import NumberParts
from hotline.storage.search.tables import is_sqlite
from hotline.storage.types import PhoneNumber

#: Rows that are looked at one by one.
MOST_FOUND = 5000
#: A part that so many of the latest rows have is common.
_LATEST, _MANY = 3000, 30


def number_found(asked: NumberAsked | None, column: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    """`asked`: what is looked for by who sees numbers masked; None: `part` of a number, by who sees them whole."""
    if asked is None:
        return contains_number(column, part)
    if asked.whole:
        # Some columns hold numbers as they were dialled.
        is_number = isinstance(column.type, PhoneNumber)
        return column == asked.whole if is_number else column.in_((asked.whole, as_dialled(asked.whole)))
    return column.endswith(asked.end) if asked.end else false()


def rows_with_part(connection: Connection, index: NumberParts, part: str) -> Iterator[ColumnElement[bool]]:
    """Beside the condition that says which rows are wanted: only these are looked at. Nothing where the index has too
    many to be looked at one by one: whoever goes through the rows in their order soon has a page of them."""
    if not part or is_common(connection, index, part):
        return
    found = index.ids(connection, part, MOST_FOUND + 1)
    if found is not None and len(found) <= MOST_FOUND:
        among = rows_of(connection, {"id": (index.table.c.id.type, found)})
        yield index.table.c.id.in_(select(among.c.id))


def is_common(connection: Connection, index: NumberParts, part: str) -> bool:
    """Whether many of the latest rows have it. PostgreSQL's index gives all or nothing, which takes its time where that
    is nearly all; SQLite's stops when it has enough."""
    if is_sqlite(connection):
        return False
    latest = select(*(index.table.c[name] for name in index.columns))
    latest_rows = latest.order_by(index.table.c.id.desc()).limit(_LATEST).subquery()
    have = or_(*(contains_number(column, part) for column in latest_rows.c))
    counted = connection.scalar(select(func.count()).select_from(latest_rows).where(have)) or 0
    return counted >= _MANY


def contains_number(column: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    """Whether `part` stands in the column. Digits have no case, and to fold it makes SQLite three times as slow."""
    if part.lower() == part.upper():
        return column.contains(part, autoescape=True)
    return column.icontains(part, autoescape=True)
