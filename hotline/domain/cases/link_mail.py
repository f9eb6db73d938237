"""A customer's link to their case that is to go out by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: Until it is tried again, after each failure; then it is given up.
AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))


class MailState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # at this moment; whoever died in it leaves it so, and it is not sent again
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LinkMail:
    """Whom it goes to, the customer's record says when it goes. `due_at`: not before then."""

    case_id: int
    asked_by: str
    asked_at: datetime
    due_at: datetime
    state: MailState = MailState.WAITING
    tries: int = 0
    id: int | None = None
