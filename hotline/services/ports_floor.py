"""What the services need of the store for the floor: the day's calls as they count, how operators are steered, and the
displays on the wall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from hotline.domain.figures import Counted
from hotline.domain.floor import Steering, WallDisplay


class CountedCalls(Protocol):
    def begun(self, since: datetime, until: datetime) -> dict[int, Counted]:
        """What each call that began in [since, until) counts as, by the id of its row."""

    def of(self, call_ids: Sequence[int], since: datetime, until: datetime) -> dict[int, Counted]:
        """The same of these calls alone."""


class WallDisplays(Protocol):
    def add(self, display: WallDisplay, token_sha256: str) -> WallDisplay: ...
    def find(self, token_sha256: str) -> WallDisplay | None:
        """The display, if it is not revoked."""

    def seen(self, display_id: int, at: datetime) -> None: ...
    def revoke(self, display_id: int, by: str, now: datetime) -> bool: ...
    def all(self) -> list[WallDisplay]:
        """Those not revoked, by name."""


class Steerings(Protocol):
    def keep(self, steering: Steering) -> None:
        """As the operator's latest."""

    def all(self) -> dict[str, Steering]:
        """The latest of each operator, by extension."""
