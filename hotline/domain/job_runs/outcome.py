"""How a job ran."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hotline.domain.reasons import Reason, Value

#: One that lasts longer is shown as running.
LONG = timedelta(seconds=60)
#: One that lasts so long, or so many of its own intervals, is stuck.
_STUCK = timedelta(minutes=30)
_STUCK_INTERVALS = 10
#: So much is kept of what a job says of itself: letters of a text, entries of a list.
_MOST_LETTERS = 500
_MOST_ENTRIES = 20


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """Runs of a job that came to the same. `ended_at` None: it still runs. `said`: what it did, None for nothing worth
    a line. `problem`: why it failed. `asked_by`: who had it run by hand, "" for the scheduler."""

    job: str
    started_at: datetime
    ended_at: datetime | None
    runs: int = 1
    slowest_ms: int = 0
    said: Reason | None = None
    problem: Reason | None = None
    asked_by: str = ""
    id: int = 0

    @property
    def is_quiet(self) -> bool:
        return not (self.said or self.problem or self.asked_by) and self.ended_at is not None

    def joined(self, later: JobOutcome) -> JobOutcome | None:
        """Both as one: quiet runs of the same hour; None for those that stand apart."""
        if not (self.is_quiet and later.is_quiet and _hour(self.started_at) == _hour(later.started_at)):
            return None
        return replace(
            self,
            ended_at=later.ended_at,
            runs=self.runs + later.runs,
            slowest_ms=max(self.slowest_ms, later.slowest_ms),
        )


def within_bounds(said: Reason) -> Reason:
    """What a job says of itself, no longer than a person reads: lists and texts of it are as long as what it met."""
    return replace(said, values={name: _value(value) for name, value in said.values.items()})


def is_stuck(running_since: datetime, seconds: int, now: datetime) -> bool:
    """Whether a job that comes every `seconds` has run for too long."""
    return now - running_since > max(_STUCK, timedelta(seconds=_STUCK_INTERVALS * seconds))


def next_run(seconds: int, now: datetime) -> datetime:
    """The beginning of the next slot; slots are counted from the epoch."""
    return datetime.fromtimestamp((int(now.timestamp()) // seconds + 1) * seconds, UTC)


def _hour(moment: datetime) -> int:
    return int(moment.timestamp()) // 3600


def _value(value: Value) -> Value:
    if isinstance(value, str | Reason):
        return _entry(value)
    if isinstance(value, Sequence):
        kept = [_entry(each) for each in value[:_MOST_ENTRIES]]
        return kept if len(value) == len(kept) else [*kept, "…"]
    return value


def _entry(value: str | Reason) -> str | Reason:
    if isinstance(value, Reason):
        return within_bounds(value)
    return value if len(value) <= _MOST_LETTERS else f"{value[:_MOST_LETTERS]}…"
