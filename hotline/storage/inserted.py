"""What the database gave a row that was inserted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult


def new_id(result: CursorResult[Any]) -> int:
    """The id of the one row that was inserted, where the table gives ids itself."""
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])
