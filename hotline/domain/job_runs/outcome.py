"""How a job ran."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hotline.domain.reasons import Reason

#: One that lasts longer is shown as running.
LONG = timedelta(seconds=60)
#: One that lasts so long, or so many of its own intervals, is stuck.
_STUCK = timedelta(minutes=30)
_STUCK_INTERVALS = 10


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """Runs of a job that came to the same. `ended_at` None: it still runs. `said`: what it did, "" for nothing worth a
    line. `problem`: why it failed. `asked_by`: who had it run by hand, "" for the scheduler."""

    job: str
    started_at: datetime
    ended_at: datetime | None
    runs: int = 1
    slowest_ms: int = 0
    said: str = ""
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


def is_stuck(running_since: datetime, seconds: int, now: datetime) -> bool:
    """Whether a job that comes every `seconds` has run for too long."""
    return now - running_since > max(_STUCK, timedelta(seconds=_STUCK_INTERVALS * seconds))


def next_run(seconds: int, now: datetime) -> datetime:
    """The beginning of the next slot; slots are counted from the epoch."""
    return datetime.fromtimestamp((int(now.timestamp()) // seconds + 1) * seconds, UTC)


def _hour(moment: datetime) -> int:
    return int(moment.timestamp()) // 3600
