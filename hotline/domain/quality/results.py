"""What was measured and found of a call, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.quality.material import Finding


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
