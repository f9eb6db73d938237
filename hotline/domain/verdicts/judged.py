"""What a rule comes to, before it is said of which subject."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from hotline.domain.verdicts.verdict import NO_EVIDENCE, Evidence, Judgement, WhyJudged


class Judged(NamedTuple):
    judgement: Judgement
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    why: str = ""
    evidence: Evidence = NO_EVIDENCE


def kept(value: float | None = None, limit: float | None = None, unit: str = "", why: str = "") -> Judged:
    return Judged(Judgement.KEPT, value, limit, unit, why)


def so(holds: bool, why: WhyJudged | None = None, evidence: Evidence = NO_EVIDENCE) -> Judged:
    """Kept or broken; `why` and `evidence` of what is broken."""
    return kept() if holds else Judged(Judgement.BROKEN, why=why.value if why else "", evidence=evidence)


def at_most(value: float, limit: float, unit: str, evidence: Evidence = NO_EVIDENCE, why: str = "") -> Judged:
    if value <= limit:
        return kept(value, limit, unit)
    return Judged(Judgement.BROKEN, value, limit, unit, why, evidence)


def at_least(value: float, limit: float, unit: str, evidence: Evidence = NO_EVIDENCE) -> Judged:
    return kept(value, limit, unit) if value >= limit else Judged(Judgement.BROKEN, value, limit, unit, "", evidence)


def not_applicable(why: WhyJudged) -> Judged:
    return Judged(Judgement.NOT_APPLICABLE, why=why.value)


def not_judged(why: WhyJudged) -> Judged:
    return Judged(Judgement.NOT_JUDGED, why=why.value)


def in_time(
    began_at: datetime, due_at: datetime | None, done_at: datetime | None, late: bool, told_at: datetime | None = None
) -> Judged | None:
    """Of a deadline: kept when it was done before it was due, broken when it was over, done or not. None: it runs.
    Seconds are counted by the clock on the wall: what of them counted stands in the deadline."""
    until = done_at or told_at
    if until is None or (done_at is None and not late):
        return None
    value = round((until - began_at).total_seconds())
    limit = round((due_at - began_at).total_seconds()) if due_at else None
    if not late:
        return kept(value, limit, "s")
    return Judged(Judgement.BROKEN, value, limit, "s", "" if done_at else WhyJudged.STILL_OPEN.value)
