"""Which calls are examined, and by whom (E6, F5, E5): drawn so that the draw can be done again."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.staff.records import Tenure
from hotline.domain.staff.spans import had_extension


class Why(StrEnum):
    SAMPLE = "sample"
    COMPLAINT = "complaint"
    LOW_SCORE = "low_score"
    CHOSEN = "chosen"
    RECHECK = "recheck"
    CALIBRATION = "calibration"


@dataclass(frozen=True, slots=True)
class SampleCandidate:
    """A call that may be examined. `extension`: whose call; `part`: how many had the extension before them in the week
    that is drawn from; `score`: the automatic one; `handlers`: user names of those who handled its case."""

    node: str
    linkedid: str
    extension: str
    called_at: datetime
    talk_seconds: float
    complaint: bool = False
    score: float | None = None
    handlers: frozenset[str] = frozenset()
    part: int = 0

    @property
    def operator(self) -> str:
        """As the seed of a draw has it."""
        return f"{self.extension}:{self.part}" if self.part else self.extension

    @property
    def key(self) -> tuple[str, str]:
        return self.node, self.linkedid


@dataclass(frozen=True, slots=True)
class Plan:
    """So many calls of each operator at random; all complaints; all calls scored below `low_score`. Shorter talks than
    `least_seconds` are drawn only as complaints."""

    per_operator: int
    complaints: bool
    low_score: float | None
    least_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    candidate: SampleCandidate
    why: Why


@dataclass(frozen=True, slots=True)
class Examiner:
    """`extension`: the operator that this person is besides, if any. `tenures`: which extensions they had when; None:
    this one, always."""

    username: str
    extension: str = ""
    tenures: tuple[Tenure, ...] | None = None

    def had_extension(self, extension: str, at: datetime) -> bool:
        if self.tenures is None:
            return bool(extension) and self.extension == extension
        return had_extension(self.tenures, extension, at)


def draw(candidates: Iterable[SampleCandidate], plan: Plan, seed: str) -> tuple[Drawn, ...]:
    """The same candidates, plan and seed always give the same calls, whatever order they come in; each call once."""
    every = sorted(candidates, key=lambda c: c.key)
    chosen: dict[tuple[str, str], Drawn] = {}
    for candidate in every:
        if plan.complaints and candidate.complaint:
            chosen[candidate.key] = Drawn(candidate, Why.COMPLAINT)
        elif plan.low_score is not None and candidate.score is not None and candidate.score < plan.low_score:
            chosen[candidate.key] = Drawn(candidate, Why.LOW_SCORE)
    for operator in sorted({candidate.operator for candidate in every}):
        left = [
            c for c in every if c.operator == operator and c.key not in chosen and c.talk_seconds >= plan.least_seconds
        ]
        picked = random.Random(f"{seed}:{operator}").sample(left, min(plan.per_operator, len(left)))
        chosen.update({candidate.key: Drawn(candidate, Why.SAMPLE) for candidate in picked})
    return tuple(sorted(chosen.values(), key=lambda drawn: (drawn.candidate.called_at, drawn.candidate.key)))


def may_examine(examiner: Examiner, candidate: SampleCandidate) -> bool:
    """Nobody examines their own calls (F5), nor calls of a case that they handled (E5)."""
    own = examiner.had_extension(candidate.extension, candidate.called_at)
    return not own and examiner.username not in candidate.handlers


def assign(
    drawn: Sequence[Drawn], examiners: Sequence[Examiner], load: Mapping[str, int]
) -> list[tuple[Drawn, str | None]]:
    """Each call to the examiner with the least to do who may examine it; None where nobody may. `load`: what they have
    to do already, by user name."""
    todo = {examiner.username: load.get(examiner.username, 0) for examiner in examiners}
    found: list[tuple[Drawn, str | None]] = []
    for each in drawn:
        able = [e.username for e in examiners if may_examine(e, each.candidate)]
        chosen = min(able, key=lambda name: (todo[name], name), default=None)
        if chosen is not None:
            todo[chosen] += 1
        found.append((each, chosen))
    return found
