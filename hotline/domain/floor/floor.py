"""What supervisors do to operators, and the floor's wallboards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class WallboardDisplay:
    """A screen that shows the floor without anybody signed in at it. `seen_at`: when it last asked."""

    name: str
    created_at: datetime
    created_by: str
    seen_at: datetime | None = None
    id: int | None = None


class SupervisorActionKind(StrEnum):
    """What a supervisor does to an operator."""

    PAUSE = "pause"
    RESUME = "resume"
    SIGN_OUT = "sign_out"


@dataclass(frozen=True, slots=True)
class SupervisorAction:
    """What a supervisor last did to an operator, and why. `by_name`: the supervisor as people call them."""

    extension: str
    at: datetime
    what: SupervisorActionKind
    by_name: str
    reason: str


class MonitoringMode(StrEnum):
    """LISTEN: nobody hears the supervisor. WHISPER: the operator alone does. BARGE: both do."""

    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"
