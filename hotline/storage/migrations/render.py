"""How a new revision writes our column types: as the plain ones beneath them, so that it means the same for ever."""

from __future__ import annotations

from typing import Any, Literal

from hotline.storage.calls.detail import CallDetail
from hotline.storage.types import Json, PhoneNumber, StoredReason, UtcDateTime, Words

_PLAIN = {
    UtcDateTime: "sa.DateTime(timezone=True)",
    Words: "sa.Text()",
    PhoneNumber: "sa.Text()",
    StoredReason: "sa.Text()",
    Json: "json()",
    CallDetail: "json()",
}


def render_type(kind: str, item: object, _context: Any) -> str | Literal[False]:
    """Alembic's `render_item`: the source text of `item`, or False for Alembic's own way."""
    return _PLAIN.get(type(item), False) if kind == "type" else False
