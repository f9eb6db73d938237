"""A number in a column, as whoever asks for it may (A14)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false

from hotline.domain.numbers import as_dialled
from hotline.domain.rights.seeing import NumberAsked
from hotline.storage.types import PhoneNumber


def number_found(asked: NumberAsked | None, column: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    """`asked`: what is looked for by who sees numbers masked; None: `part` of a number, by who sees them whole."""
    if asked is None:
        return contains_number(column, part)
    if asked.whole:
        # Some columns hold numbers as they were dialled.
        is_number = isinstance(column.type, PhoneNumber)
        return column == asked.whole if is_number else column.in_((asked.whole, as_dialled(asked.whole)))
    return column.endswith(asked.end) if asked.end else false()


def contains_number(column: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    """Whether `part` stands in the column. Digits have no case, and to fold it makes SQLite three times as slow."""
    if part.lower() == part.upper():
        return column.contains(part, autoescape=True)
    return column.icontains(part, autoescape=True)
