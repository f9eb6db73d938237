"""Somebody leaves: when, and who takes over what they have open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Leaving:
    """`username` had `extension`; at `at` they leave, and `successor` (a user name, "" nobody) takes over what is open
    then. `done_at` None: not yet, since it is not time or they are in a call."""

    username: str
    extension: str
    at: datetime
    successor: str
    asked_by: str
    asked_at: datetime
    done_at: datetime | None = None
    id: int | None = None
