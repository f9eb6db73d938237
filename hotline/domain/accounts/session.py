"""Sessions of people, and why they end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class SessionEnd(StrEnum):
    SIGNED_OUT = "signed_out"
    EXPIRED = "expired"
    ACCOUNT_EXPIRED = "account_expired"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"
    DEACTIVATED = "deactivated"
    RIGHTS_CHANGED = "rights_changed"
    SECOND_FACTOR_CHANGED = "second_factor_changed"
    SECOND_FACTOR_RESET = "second_factor_reset"
    BY_ADMINISTRATOR = "by_administrator"


@dataclass(frozen=True, slots=True)
class UserSession:
    """One browser that somebody is signed in with. `seen_at`: when it last asked for something, by itself too;
    `active_at`: when somebody last did something in it; both kept to the minute. `agent` is what the browser calls
    itself. `ended_why`: a SessionEnd, or the administrator's reason."""

    user_id: int
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""
    id: int | None = None
    active_at: datetime | None = None

    def is_live(self, now: datetime, hours: int, idle_minutes: int | None = None) -> bool:
        """Not ended, begun less than so many hours ago, and used within so many minutes (None: whenever)."""
        return self.ended_at is None and now <= self.ends_at(hours, idle_minutes)

    def ends_at(self, hours: int, idle_minutes: int | None = None) -> datetime:
        """When it ends if nobody does anything more in it."""
        last = self.created_at + timedelta(hours=hours)
        if idle_minutes is None:
            return last
        return min(last, (self.active_at or self.seen_at) + timedelta(minutes=idle_minutes))
