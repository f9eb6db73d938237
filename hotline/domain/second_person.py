"""What two people do: one asks, and another one agrees, or nothing is done."""

from __future__ import annotations

from datetime import datetime, timedelta

#: What nobody has answered by then is void.
ANSWERED_WITHIN = timedelta(days=7)


def still_asked(asked_at: datetime, now: datetime) -> bool:
    """Whether what nobody has answered yet may still be agreed to."""
    return now - asked_at < ANSWERED_WITHIN
