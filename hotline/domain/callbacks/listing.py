"""Which callbacks are asked for, and where a page of them begins."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.ids import MAX_ID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Tab(StrEnum):
    """OPEN: those that wait. OWN: those of them that the reader has taken. OVERDUE: those that are due."""

    OPEN = "open"
    OWN = "own"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CallbackFilter:
    """`holders`: only what nobody or one of these users has taken; None: whoever has."""

    tab: Tab = Tab.OPEN
    own: str = ""
    line: str = ""
    reason: CallbackReason | None = None
    number: str = ""
    holders: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a callback stands in the list; of closed ones `rank` is 0 and `due_at` when they were closed."""

    rank: int
    due_at: datetime
    queued_at: datetime
    id: int

    @classmethod
    def of(cls, callback: Callback) -> Place:
        if callback.closed_at is not None:
            return cls(0, callback.closed_at, callback.closed_at, callback.id or 0)
        return cls(callback.rank, callback.due_at, callback.queued_at, callback.id or 0)

    def text(self) -> str:
        """What a link to the next page carries."""
        moments = ((each - _EPOCH) // _MICROSECOND for each in (self.due_at, self.queued_at))
        return urlsafe_b64encode(" ".join(map(str, (self.rank, *moments, self.id))).encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Place | None:
        """None for what is no place."""
        try:
            words = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").split(" ")
            rank, due, queued, callback_id = map(int, words)
            if not 0 <= callback_id <= MAX_ID or not 0 <= rank <= MAX_ID:
                return None
            return cls(rank, _EPOCH + due * _MICROSECOND, _EPOCH + queued * _MICROSECOND, callback_id)
        except (ValueError, OverflowError):
            return None
