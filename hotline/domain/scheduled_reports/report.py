"""A report that was made, and to whom it went."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from hotline.domain.scheduled_reports.schedule import ReportKind

#: In place of a person's id for a report that is nobody's own.
NOBODY = 0


@dataclass(frozen=True, slots=True)
class MadeReport:
    """Of [`starts_at`, `ends_at`). `person_id`: whose it is, NOBODY for one of all. `content`: figures and ids as they
    were when it was made, nothing of a person outside. `sha256`: of what it holds, so that a later difference is seen.
    `made_by`: who had it made; "" by itself."""

    kind: ReportKind
    person_id: int
    starts_at: datetime
    ends_at: datetime
    made_at: datetime
    content: Mapping[str, Any] = field(hash=False)
    sha256: str = ""
    made_by: str = ""
    id: int | None = None

    @property
    def object(self) -> str:
        """As the audit log and notifications have it."""
        return f"report:{self.id}"


class RecipientState(StrEnum):
    TOLD = "told"
    #: Their mail is outside of the domains that reports go to.
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Recipient:
    """`deputy_for`: in whose place, None for themselves. `opened_at`: when they first saw it."""

    report_id: int
    person_id: int
    deputy_for: int | None
    told_at: datetime
    state: RecipientState = RecipientState.TOLD
    opened_at: datetime | None = None


class DetailsAnswer(StrEnum):
    """F12: what a person says of the details of their calls."""

    CONFIRMED = "confirmed"
    OBJECTED = "objected"


@dataclass(frozen=True, slots=True)
class AnsweredDetails:
    """`words`: why they object. `decision`: what was said to that, "" while nobody has."""

    report_id: int
    answer: DetailsAnswer
    words: str
    answered_at: datetime
    decision: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None


def digest_of(content: Mapping[str, Any], rows: Sequence[Sequence[object]] = ()) -> str:
    """SHA-256 of a report's content and of the rows that it is about, whatever order a database gives keys in."""
    whole = json.dumps([content, [list(map(str, row)) for row in rows]], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()
