"""The duty roster (A2, A16): who keeps the duty mobile, from when to when, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DutyNumber:
    """A mobile to try, and whose it is."""

    person: str
    number: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One person's time on duty, [`starts_at`, `ends_at`). `numbers` are tried in order, then `backups`.

    `id` is None for a shift that stands in the settings file.
    """

    person: str
    numbers: tuple[str, ...]
    backups: tuple[DutyNumber, ...]
    starts_at: datetime
    ends_at: datetime
    id: int | None = None
    note: str = ""
