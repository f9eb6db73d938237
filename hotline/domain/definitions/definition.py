"""A definition in one version. A version is never changed: what was opened under it keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Definition:
    """`kind`: what it defines ("case_kind"); `code`: which one of these. `content`: as JSON has it.
    New things are made by it from `from_at` on, until the next version. A thing keeps `version` beside `code`."""

    kind: str
    code: str
    version: int
    content: Any
    from_at: datetime
    by: str
    decided_at: datetime
