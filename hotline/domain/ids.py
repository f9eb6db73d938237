"""Ids of rows, as people write them."""

from __future__ import annotations

import re

#: Beyond this no row has an id on any database: PostgreSQL counts some tables in 31 bits.
MAX_ID = 2**31 - 1

#: How an id is written: one way only, so that a row has one address. [0-9], since \d takes the digits of all scripts.
PATTERN = r"[1-9][0-9]{0,9}"

#: The highest place in a list of news: those are counted in 63 bits.
MAX_PLACE = 2**63 - 1


def is_id(number: int) -> bool:
    """Whether a row may have this id: to be asked of every number that comes from outside before a database is."""
    return 0 < number <= MAX_ID


def parse_id(text: str) -> int | None:
    """The id that is written so; None for what is none: no digits of ASCII, a sign, a leading zero, out of range."""
    return _within(text, PATTERN, MAX_ID)


def id_in(object: str) -> int:
    """Of the row that the audit log calls so, "form:12"; 0 for none."""
    return parse_id(object.partition(":")[2]) or 0


def parse_place(text: str) -> int | None:
    """A place in a list of news or of the audit log, as `parse_id`; 0 is before the first."""
    return _within(text, r"0|[1-9][0-9]{0,18}", MAX_PLACE)


def _within(text: str, pattern: str, most: int) -> int | None:
    found = int(text) if re.fullmatch(pattern, text) else None
    return found if found is not None and found <= most else None
