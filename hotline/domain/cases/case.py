"""A complaint or request that needs more than the call (D1, D10), known by a number that callers can be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hotline.domain.numbers import NO_NUMBER, Number


class CaseKind(StrEnum):
    COMPLAINT = "complaint"
    REQUEST = "request"


class CaseState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ServiceCase:
    """`number` like 20261122-001: the Shanghai day, and its place on that day. `owner`: who is responsible (B7).
    `form_id`: the log form of the call in which it was opened. `result`: what came of it, once closed."""

    number: str
    kind: CaseKind
    title: str
    content: str
    owner: str
    opened_by: str
    opened_at: datetime
    form_id: int | None = None
    customer_id: int | None = None
    caller_number: Number = NO_NUMBER
    state: CaseState = CaseState.OPEN
    closed_at: datetime | None = None
    closed_by: str = ""
    result: str = ""
    id: int | None = None


def next_number(day: date, latest: str | None) -> str:
    """The number after `latest`, the highest of that day so far, if any. From 1000 on it grows longer."""
    place = int(latest.partition("-")[2]) + 1 if latest else 1
    return f"{day:%Y%m%d}-{place:03}"
