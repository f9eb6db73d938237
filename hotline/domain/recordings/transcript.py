"""What a recogniser heard on one side of a recording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from hotline.domain.reasons import Reason

#: As a search calls it.
TRANSCRIPT = "transcript"

#: No transcript is lent, or kept back after a failure, for longer.
LONGEST_LENT = timedelta(hours=1)


class Side(IntEnum):
    """The channels of a recording."""

    CALLER = 0
    OURS = 1


class TranscriptState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class Urgency(IntEnum):
    """Smaller first."""

    COMPLAINT = 0
    CHOSEN = 1
    USUAL = 5
    OLD = 9


@dataclass(frozen=True, slots=True)
class Transcript:
    """Of one recording and side. `text` is the words without blanks; `confidence` their mean, None without words.
    `problem`: why the last attempt failed. A pending one is tried again, or by somebody else, after `lent_until`."""

    recording_id: int
    side: Side
    asked_at: datetime
    state: TranscriptState = TranscriptState.PENDING
    priority: int = Urgency.USUAL
    engine: str = ""
    model: str = ""
    text: str = ""
    words: tuple[Word, ...] = ()
    confidence: float | None = None
    attempts: int = 0
    problem: Reason | None = None
    finished_at: datetime | None = None
    lent_until: datetime | None = None
    lent_to: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class TranscriptFigures:
    """All but `in_work` count recordings, of whose two sides one is enough. `by_priority`: waiting for a worker, by
    priority; `later`: waiting for their next attempt; `in_work`: (worker, transcript's recording) each. `done_today`,
    `failed_today`: since the day began; `done_lately` and `seconds_lately`: since the moment that was asked for, and of
    how much sound. `oldest`: when the one that waits longest was asked for."""

    by_priority: Mapping[int, int]
    later: int
    in_work: Sequence[tuple[str, int]]
    done_today: int
    failed_today: int
    done_lately: int
    seconds_lately: float
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; `confidence` 0..1."""

    text: str
    start: float
    end: float
    confidence: float
