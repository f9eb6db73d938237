"""Whose working time it is, in one word: "" the site's, a line's id, or a department's key."""

from __future__ import annotations

#: No id of a line has a blank.
_DEPARTMENT = "department "


def department_key(department_id: int | None) -> str:
    """Of this department; the site's where none is named."""
    return "" if department_id is None else f"{_DEPARTMENT}{department_id}"


def department_of(key: str) -> int | None:
    """Whose department's key it is; None where it is the site's or a line's."""
    written = key.removeprefix(_DEPARTMENT)
    return int(written) if written != key and written.isascii() and written.isdigit() else None
