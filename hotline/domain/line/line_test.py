"""A line that dialled itself (A4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class LineTest:
    """One test call of a line (A4). `result`: running, passed, failed."""

    id: str
    line: str
    started_at: datetime
    result: str = "running"
    finished_at: datetime | None = None
    detail: Reason | None = None
