"""What people say against a month's figures, and declarations that data is falsified (F3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ObjectionDecision(StrEnum):
    GRANTED = "granted"  # the item is left out; of a declaration: it is taken back
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Objection:
    """`about`: an item's id, or "falsified". `due_at`: until when somebody decides."""

    month: str
    person_id: int
    about: str
    reason: str
    made_by: str
    made_at: datetime
    due_at: datetime
    decision: ObjectionDecision | None = None
    note: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Falsification:
    """Somebody's data of a month was hidden or made up, as an examiner declares it. `person_id` 0: the whole team's
    (`team_id`). `evidence`: ids of what shows it."""

    month: str
    team_id: int
    person_id: int
    evidence: tuple[str, ...]
    note: str
    declared_by: str
    declared_at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    id: int | None = None
