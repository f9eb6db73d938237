"""Whom somebody leads: when each of them belonged to what they lead, and at which extension they sat then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.staff.spans import had_extension


@dataclass(frozen=True, slots=True)
class LedSpan:
    """From `since` on, before `until` (None: open at that end), somebody led had this extension."""

    extension: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Led:
    """`usernames`: of those who belong to it now."""

    spans: tuple[LedSpan, ...] = ()
    usernames: frozenset[str] = frozenset()

    def had(self, extensions: Iterable[str], at: datetime) -> bool:
        """Whether one of these extensions was one of theirs at that moment."""
        return any(had_extension(self.spans, extension, at) for extension in extensions)


NOBODY = Led()
