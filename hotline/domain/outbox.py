"""The outbox: what is to be pushed to browsers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """What must be pushed to the browsers; `id` grows, so a reader resumes after the last it saw."""

    topic: str
    payload: Mapping[str, object]
    at: datetime
    id: int | None = None
