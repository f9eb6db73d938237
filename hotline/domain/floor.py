"""What hangs on the floor's wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WallDisplay:
    """A screen that shows the floor without anybody signed in at it. `seen_at`: when it last asked."""

    name: str
    created_at: datetime
    created_by: str
    seen_at: datetime | None = None
    id: int | None = None
