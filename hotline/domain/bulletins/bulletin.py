"""What is posted on the notice board, and for whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import Refused

MAX_TITLE = 80
MAX_TEXT = 8000


@dataclass(frozen=True, slots=True)
class Bulletin:
    """`persons`, `units`: whom it is for, and whoever belongs to these teams and departments; `for_all`: everybody.
    `read_by_at`: it is to be read before this. `before_ready`: nobody whom it is for is ready before they have read
    it. A withdrawn one is nobody's to read."""

    title: str
    text: str
    posted_by: str
    posted_at: datetime
    read_by_at: datetime | None = None
    before_ready: bool = False
    for_all: bool = False
    persons: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    id: int | None = None

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def is_for(self, person_id: int, units: Collection[int]) -> bool:
        """`units`: where the person belongs now."""
        return self.for_all or person_id in self.persons or not self.units.isdisjoint(units)

    def overdue(self, now: datetime) -> bool:
        return self.read_by_at is not None and self.read_by_at <= now


def require_fit(bulletin: Bulletin, now: datetime) -> None:
    """It says something, to somebody, and can still be read in time. Raises Refused."""
    if not bulletin.title.strip() or len(bulletin.title) > MAX_TITLE:
        raise Refused("bulletins.title", field="title", most=MAX_TITLE)
    if not bulletin.text.strip() or len(bulletin.text) > MAX_TEXT:
        raise Refused("bulletins.text", field="text", most=MAX_TEXT)
    if not (bulletin.for_all or bulletin.persons or bulletin.units):
        raise Refused("bulletins.nobody", field="persons")
    if bulletin.overdue(now):
        raise Refused("bulletins.in_the_past", field="read_by")
