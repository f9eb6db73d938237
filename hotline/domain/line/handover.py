"""The duty mobile passed from hand to hand (A2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """The duty mobile passed from hand to hand (A2): of `line`, or with "" of all."""

    at: datetime
    from_person: str
    to_person: str
    recorded_by: str
    note: str = ""
    line: str = ""
