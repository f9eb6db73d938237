"""Whose turn it is: a few at work at once, and the others in the order they came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition
from time import monotonic

from hotline.domain.errors import Busy

#: Whoever waits looks so often whether their reader is still there.
_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Turning:
    """`at_once`: how many work. `most`: how many work or wait, all together; `most_each`: of one person. `seconds`: how
    long one waits."""

    at_once: int
    most: int
    most_each: int
    seconds: float


@dataclass(eq=False, slots=True)
class _Place:
    who: str


@dataclass(slots=True)
class Turns:
    """For any thread. The places of a process are its own."""

    _changed: Condition = field(default_factory=Condition)
    _waiting: list[_Place] = field(default_factory=list)
    _working: list[_Place] = field(default_factory=list)

    @contextmanager
    def taken(self, who: str, by: Turning, is_gone: Callable[[], bool]) -> Iterator[None]:
        """From the turn of `who` on, and however it ends. `is_gone`: whether nobody waits for the answer any more.
        Raises Busy."""
        place = _Place(who)
        self._wait(place, by, is_gone)
        try:
            yield
        finally:
            with self._changed:
                self._working.remove(place)
                self._changed.notify_all()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def _wait(self, place: _Place, by: Turning, is_gone: Callable[[], bool]) -> None:
        until = monotonic() + by.seconds
        with self._changed:
            self._require_room(place, by)
            self._waiting.append(place)
            try:
                while len(self._working) >= by.at_once or self._waiting[0] is not place:
                    left = until - monotonic()
                    if left <= 0 or is_gone():
                        raise Busy("reports.no_turn", seconds=round(by.seconds))
                    self._changed.wait(min(left, _LOOK_SECONDS))
                self._working.append(place)
            finally:
                self._waiting.remove(place)
                self._changed.notify_all()

    def _require_room(self, place: _Place, by: Turning) -> None:
        there = self._waiting + self._working
        if (own := sum(each.who == place.who for each in there)) >= by.most_each:
            raise Busy("reports.each", n=own)
        if len(there) >= by.most:
            raise Busy("reports.too_many", n=len(there))
