"""What somebody asked for on the page of voices: to install a package of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class VoiceTask:
    """`problem`: why nothing was installed."""

    package: str
    asked_by: str
    asked_at: datetime
    begun_at: datetime | None = None
    finished_at: datetime | None = None
    problem: Reason | None = None
    id: int = 0
