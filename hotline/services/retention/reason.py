"""Why somebody keeps or deletes recordings, as they wrote it."""

from __future__ import annotations

from hotline.domain.errors import Refused
from hotline.domain.text import clean

MAX_REASON = 1000


def read_reason(typed: str) -> str:
    """Raises Refused for none and for one that is too long."""
    said = clean(typed, several_lines=True).strip()
    if not said or len(said) > MAX_REASON:
        raise Refused("retention.hold_reason", most=MAX_REASON, field="reason")
    return said
