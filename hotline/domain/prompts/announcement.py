"""An emergency announcement: every caller hears it before all else, until it ends by itself or somebody ends it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.errors import Refused
from hotline.domain.prompts.version import SoundOrigin

#: What lasts longer is no emergency: it belongs into the greeting.
LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Announcement:
    """`lines`: empty for all. `words`: for readers, and what is spoken where `origin` says so. `ended_at`: when
    somebody ended it before its time."""

    words: str
    origin: SoundOrigin
    lines: frozenset[str]
    begins_at: datetime
    ends_at: datetime
    made_by: str
    sha256: str
    seconds: float
    loudness: float
    ended_at: datetime | None = None
    ended_by: str = ""
    id: int = 0

    def stands(self, now: datetime) -> bool:
        return self.ended_at is None and self.begins_at <= now < self.ends_at

    def is_for(self, line: str) -> bool:
        return not self.lines or line in self.lines

    @property
    def sound(self) -> str:
        """Its name in Asterisk."""
        return f"hotline/emergency-{self.id}"


def require_until(until: datetime, now: datetime) -> None:
    """Raises Refused for a moment that is not ahead, or too far."""
    if until <= now:
        raise Refused("prompts.until_ahead", field="until")
    if until - now > LONGEST:
        raise Refused("prompts.until_too_far", field="until", days=LONGEST.days)


def require_lines(chosen: Collection[str], known: Collection[str]) -> frozenset[str]:
    """All of them is none named, so that a line that is added later has it too. Raises Refused for one there is not."""
    if unknown := sorted(set(chosen) - set(known)):
        raise Refused("prompts.no_line", field="lines", line=unknown[0][:60])
    return frozenset() if set(chosen) == set(known) else frozenset(chosen)
