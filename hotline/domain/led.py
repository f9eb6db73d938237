"""Whom somebody leads: when each of them belonged to what they lead, and at which extension they sat then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LedSpan:
    """From `since` on, before `until` (None: open at that end), somebody led had this extension."""

    extension: str
    since: datetime | None = None
    until: datetime | None = None

    def covers(self, extension: str, at: datetime) -> bool:
        begun = self.since is None or self.since <= at
        return self.extension == extension and begun and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Led:
    """`usernames`: of those who belong to it now."""

    spans: tuple[LedSpan, ...] = ()
    usernames: frozenset[str] = frozenset()

    def had(self, extensions: Iterable[str], at: datetime) -> bool:
        """Whether one of these extensions was one of theirs at that moment."""
        return any(span.covers(extension, at) for extension in extensions for span in self.spans)


NOBODY = Led()
