"""Leave (F6): asked for a day ahead, accepted or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused


class LeaveState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LeaveWish:
    """What is asked for: [`since`, `until`), why, and who acts for them meanwhile."""

    since: datetime
    until: datetime
    reason: str
    deputy_id: int | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """[`since`, `until`). `deputy_id`: who acts for them meanwhile. `absence_id`: what was written down of it once it
    was accepted."""

    person_id: int
    since: datetime
    until: datetime
    reason: str
    asked_at: datetime
    asked_by: str
    deputy_id: int | None = None
    state: LeaveState = LeaveState.ASKED
    decided_at: datetime | None = None
    decided_by: str = ""
    answer: str = ""
    absence_id: int | None = None
    id: int | None = None


def require_ahead(since: datetime, now: datetime, days: int) -> None:
    """Asked for so many calendar days before its first (F6). Raises Refused."""
    if local_day(since) - local_day(now) < timedelta(days=days):
        raise Refused("shifts.leave_late", field="since", days=days)
