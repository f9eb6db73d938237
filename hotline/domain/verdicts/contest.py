"""Whom a verdict is about objects to it; somebody else decides. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.errors import Refused
from hotline.domain.text import clean
from hotline.domain.verdicts.verdict import Judgement, StoredVerdict

MAX_REASON = 1000


class ContestDecision(StrEnum):
    """UPHELD: the objection is right, and the verdict counts no more. REJECTED: it stays."""

    OPEN = ""
    UPHELD = "upheld"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Contest:
    verdict_id: int
    reason: str
    contested_by: str
    contested_at: datetime
    decision: ContestDecision = ContestDecision.OPEN
    note: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    id: int | None = None


def contest_until(stored: StoredVerdict, days: int) -> datetime:
    return stored.judged_at + timedelta(days=days)


def require_contestable(stored: StoredVerdict, stands: bool, days: int, now: datetime) -> None:
    """Raises Refused: it is no breach, another verdict took its place, or the time is over."""
    if stored.verdict.judgement is not Judgement.BROKEN:
        raise Refused("verdicts.not_broken")
    if not stands:
        raise Refused("verdicts.replaced")
    if now > contest_until(stored, days):
        raise Refused("verdicts.contest_late", days=days)


def words(text: str, field: str) -> str:
    """As it is kept. Raises Refused: nothing said, or too much."""
    said = clean(text, several_lines=True).strip()
    if not said or len(said) > MAX_REASON:
        raise Refused("verdicts.contest_reason", field=field, most=MAX_REASON)
    return said
