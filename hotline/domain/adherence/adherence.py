"""What became of planned time (F6): late starts, empty shifts, and the share of it that was worked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.adherence.presence_spans import PresenceSpan, Spent, first_there, seconds_spent
from hotline.domain.errors import Refused
from hotline.domain.shares import percent
from hotline.domain.shifts.shift import PlannedShift

MAX_EXPLANATION = 400


class Missed(StrEnum):
    """LATE: they came after it had begun. EMPTY: they have not come at all."""

    LATE = "late"
    EMPTY = "empty"


class StartDecision(StrEnum):
    """Of a supervisor, on the explanation. OPEN: none yet."""

    OPEN = ""
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True, slots=True)
class MissedStart:
    """`came_at` None: they have not come."""

    person_id: int
    starts_at: datetime
    ends_at: datetime
    kind: Missed
    found_at: datetime
    came_at: datetime | None = None
    explanation: str = ""
    explained_at: datetime | None = None
    decision: StartDecision = StartDecision.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None
    id: int | None = None

    @property
    def late_by(self) -> timedelta:
        """All of the shift, where they never came."""
        return (self.came_at or self.ends_at) - self.starts_at


def missed_start(
    shift: PlannedShift, spans: Sequence[PresenceSpan], grace: timedelta, now: datetime
) -> MissedStart | None:
    """None: they were there in time, or may still be. `spans`: theirs. Whoever came within `grace` is not late."""
    if shift.person_id is None or now < shift.starts_at + grace:
        return None
    came = first_there(spans, shift.starts_at, min(shift.ends_at, now))
    if came is not None and came <= shift.starts_at + grace:
        return None
    kind = Missed.EMPTY if came is None else Missed.LATE
    return MissedStart(shift.person_id, shift.starts_at, shift.ends_at, kind, now, came)


@dataclass(frozen=True, slots=True)
class Adherence:
    """Of one person in some time. Seconds; `planned`: of the shifts as far as they have passed; the others within
    them."""

    planned: float
    working: float
    paused: float
    away: float

    @property
    def percent(self) -> float | None:
        return percent(self.working, self.planned)


def adherence(
    shifts: Sequence[PlannedShift], spans: Sequence[PresenceSpan], since: datetime, until: datetime
) -> Adherence:
    """One person's shifts at the desk, which do not overlap, cut at the ends of [since, until)."""
    sums = dict.fromkeys(Spent, 0.0)
    planned = 0.0
    for shift in shifts:
        start, end = max(shift.starts_at, since), min(shift.ends_at, until)
        if start >= end:
            continue
        planned += (end - start).total_seconds()
        for spent, seconds in seconds_spent(spans, start, end).items():
            sums[spent] += seconds
    return Adherence(planned, sums[Spent.WORKING], sums[Spent.PAUSED], sums[Spent.AWAY])


def explained(missed: MissedStart, written: str, now: datetime) -> str:
    """The explanation as it is kept. Raises Refused: nothing said, too much, or decided already."""
    words = " ".join(written.split())
    if missed.decision is not StartDecision.OPEN:
        raise Refused("adherence.decided_already")
    if not words or len(words) > MAX_EXPLANATION:
        raise Refused("adherence.explanation", field="explanation", most=MAX_EXPLANATION)
    return words
