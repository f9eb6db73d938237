"""After which calls the caller is asked how it was."""

from __future__ import annotations

from hotline.domain.calls.call import Call, Direction
from hotline.settings import Settings


def asks_rating(call: Call, settings: Settings) -> bool:
    """By direction and line."""
    chosen = settings.satisfaction_of(call.line)
    if not chosen.after_call:
        return False
    return call.direction is Direction.INBOUND or (call.direction is Direction.DIALLED and chosen.dialled)
