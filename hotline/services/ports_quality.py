"""What the services of recordings and quality need from outside; hotline.storage fulfils them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hotline.domain.quality import Finding
from hotline.domain.transcript import Side, Transcript


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding, whose it is, and of which call."""

    node: str
    linkedid: str
    extension: str
    called_at: datetime
    finding: Finding


@dataclass(frozen=True, slots=True)
class CallScore:
    """What was measured of a call as a whole. `score` by the score form, None without one. `queue`: where the caller
    waited last; "" nowhere."""

    node: str
    linkedid: str
    extension: str
    called_at: datetime
    evaluated_at: datetime
    measures: Mapping[str, object]
    score: float | None = None
    score_form_id: int | None = None
    queue: str = ""


@dataclass(frozen=True, slots=True)
class TranscriptFigures:
    """`by_priority`: waiting for a worker, by priority; `later`: waiting for their next attempt; `in_work`: (worker,
    transcript's recording) each. `done_today`, `failed_today`: since the day began; `done_lately` and
    `seconds_lately`: since the moment that was asked for, and of how much sound. `oldest`: when the one that waits
    longest was asked for."""

    by_priority: Mapping[int, int]
    later: int
    in_work: Sequence[tuple[str, int]]
    done_today: int
    failed_today: int
    done_lately: int
    seconds_lately: float
    oldest: datetime | None


class Transcripts(Protocol):
    def ask(self, recording_ids: Sequence[int], sides: Sequence[Side], priority: int, now: datetime) -> int:
        """Want these transcripts; known ones stay, pending ones get the better priority. How many are new."""

    def due(self, now: datetime, limit: int) -> list[Transcript]:
        """Pending ones that nobody has, best priority first, then the longest asked for."""

    def lend(self, transcript_id: int, to: str, until: datetime, now: datetime) -> Transcript | None:
        """Give it to a worker, or longer to the one that has it. None when it is done or somebody else has it."""

    def by_id(self, transcript_id: int) -> Transcript | None: ...

    def update(self, transcript: Transcript) -> None:
        """Rewrite the row by its id."""

    def of(self, recording_id: int) -> list[Transcript]:
        """By side."""

    def counts(self) -> dict[str, int]:
        """How many by state."""

    def figures(self, now: datetime, day: datetime, lately: datetime) -> TranscriptFigures: ...
    def failed(self, limit: int) -> list[Transcript]:
        """Those given up, the latest first."""

    def want_again(self, transcript_id: int, priority: int, now: datetime) -> bool:
        """A given up one is pending again, with no attempt made; False for any other."""

    def hurry(self, node: str, linkedid: str, priority: int) -> int:
        """Pending ones of this call get this priority, if it is better; how many."""

    def waiting(self, priority: int) -> int:
        """How many pending ones have this priority."""

    def recordings_below(self, recording_id: int | None, limit: int) -> list[tuple[int, str, bool]]:
        """Recordings in the store with a lower id (None: from the highest on), downwards: id, kind, and whether a
        transcript of it was ever asked for."""


class Findings(Protocol):
    def replace(self, score: CallScore, findings: Sequence[StoredFinding]) -> None:
        """What was found of the call before is gone."""

    def of(self, node: str, linkedid: str) -> list[StoredFinding]:
        """In order of their second."""

    def score(self, node: str, linkedid: str) -> CallScore | None: ...
