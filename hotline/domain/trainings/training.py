"""Trainings and exams (F11): what somebody needs before they serve, and whether they have it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.time import end_of_day, midnight

MAX_NAME = 80
MAX_NOTE = 400
MOST_POINTS = 1000


class TrainingKind(StrEnum):
    TRAINING = "training"
    EXAM = "exam"


class Holding(StrEnum):
    """How somebody stands to a training. RUNS_OUT: it counts, and will soon not."""

    HELD = "held"
    RUNS_OUT = "runs_out"
    EXPIRED = "expired"
    FAILED = "failed"
    NEVER = "never"


#: They may serve by it.
COUNTS = frozenset({Holding.HELD, Holding.RUNS_OUT})


@dataclass(frozen=True, slots=True)
class Training:
    """`subject`: a product, or what it is about. `valid_months` None: for ever. `pass_points` None: passed or not is
    entered by hand. `for_all`: every operator needs it; `queues`: whoever takes calls of one of these does."""

    name: str
    kind: TrainingKind = TrainingKind.TRAINING
    subject: str = ""
    valid_months: int | None = None
    pass_points: float | None = None
    for_all: bool = False
    queues: frozenset[str] = frozenset()
    active: bool = True
    version: int = 1
    updated_at: datetime | None = None
    updated_by: str = ""
    id: int | None = None

    def needed_by(self, queues: Collection[str]) -> bool:
        """By an operator who takes calls of these."""
        return self.active and (self.for_all or not self.queues.isdisjoint(queues))


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """`taken_at`: midnight in Shanghai of its day. `valid_until` None: for ever."""

    training_id: int
    person_id: int
    taken_at: datetime
    passed: bool
    points: float | None = None
    valid_until: datetime | None = None
    note: str = ""
    entered_by: str = ""
    entered_at: datetime | None = None
    id: int | None = None


def require_fit(training: Training) -> None:
    """Raises Refused."""
    if not training.name.strip() or len(training.name) > MAX_NAME:
        raise Refused("trainings.name", field="name", most=MAX_NAME)
    if len(training.subject) > MAX_NAME:
        raise Refused("trainings.name", field="subject", most=MAX_NAME)
    if training.valid_months is not None and not 1 <= training.valid_months <= 120:
        raise Refused("trainings.months", field="valid_months")
    if training.pass_points is not None and not 0 <= training.pass_points <= MOST_POINTS:
        raise Refused("trainings.points", field="pass_points", most=MOST_POINTS)


def result_of(
    training: Training, person_id: int, day: date, points: float | None, passed: bool | None, note: str, now: datetime
) -> TrainingResult:
    """Where the training has points to pass by, they decide; else `passed` does. Raises Refused."""
    if day > local_day(now):
        raise Refused("trainings.not_yet", field="day")
    if points is not None and not 0 <= points <= MOST_POINTS:
        raise Refused("trainings.points", field="points", most=MOST_POINTS)
    if len(note) > MAX_NOTE:
        raise Refused("trainings.note", field="note", most=MAX_NOTE)
    if training.pass_points is not None:
        if points is None:
            raise Refused("trainings.needs_points", field="points")
        passed = points >= training.pass_points
    if passed is None:
        raise Refused("trainings.passed_or_not", field="passed")
    assert training.id is not None
    until = _until(training, day) if passed else None
    return TrainingResult(training.id, person_id, midnight(day), passed, points, until, note.strip(), entered_at=now)


def holding(results: Iterable[TrainingResult], now: datetime, soon: datetime) -> Holding:
    """By the latest result: who failed the last exam does not serve by an older one. `soon`: what ends before it runs
    out soon."""
    latest = max(results, key=lambda each: (each.taken_at, each.id or 0), default=None)
    if latest is None:
        return Holding.NEVER
    if not latest.passed:
        return Holding.FAILED
    if latest.valid_until is None or latest.valid_until > soon:
        return Holding.HELD
    return Holding.RUNS_OUT if latest.valid_until > now else Holding.EXPIRED


def lacking(
    trainings: Iterable[Training], results: Sequence[TrainingResult], queues: Collection[str], now: datetime
) -> list[Training]:
    """What an operator needs for these queues and has not. `results`: theirs."""
    return [
        each
        for each in trainings
        if each.needed_by(queues) and holding((r for r in results if r.training_id == each.id), now, now) not in COUNTS
    ]


def _until(training: Training, day: date) -> datetime | None:
    if training.valid_months is None:
        return None
    months = day.month - 1 + training.valid_months
    year, month = day.year + months // 12, months % 12 + 1
    return end_of_day(date(year, month, min(day.day, monthrange(year, month)[1])))
