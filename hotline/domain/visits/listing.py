"""Which visits are asked for, and where a page of them begins."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from hotline.domain.ids import MAX_ID
from hotline.domain.visits.visit import Origin, Satisfaction, Visit

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class VisitTab(StrEnum):
    """MINE: the reader's own to make. TODAY: due before the day is over. UNASSIGNED: nobody has them. ALL: all open
    ones. DONE: those that are closed, the last first."""

    MINE = "mine"
    TODAY = "today"
    OVERDUE = "overdue"
    UNASSIGNED = "unassigned"
    ALL = "all"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """`own`: whose MINE are. `due_before`: of TODAY and OVERDUE. `since` and `until`: when they were closed. `holders`:
    only what one of these users or nobody has; None: whoever has. `hidden_from`: complaints about this user are left
    out."""

    tab: VisitTab = VisitTab.MINE
    own: str = ""
    origin: Origin | None = None
    subject_id: int | None = None
    visitor: str = ""
    result: Satisfaction | None = None
    due_before: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    holders: Collection[str] | None = None
    hidden_from: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visit stands in the list: by when it is due, of closed ones by when they were closed."""

    at: datetime
    id: int

    @classmethod
    def of(cls, visit: Visit) -> Place:
        return cls(visit.closed_at or visit.due_at, visit.id or 0)

    def text(self) -> str:
        """What a link to the next page carries."""
        return urlsafe_b64encode(f"{(self.at - _EPOCH) // _MICROSECOND} {self.id}".encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Place | None:
        """None for what is no place."""
        try:
            moment, visit_id = map(int, urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").split(" "))
            return cls(_EPOCH + moment * _MICROSECOND, visit_id) if 0 <= visit_id <= MAX_ID else None
        except (ValueError, OverflowError):
            return None
