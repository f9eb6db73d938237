"""Limits the connections of one person or display: one too many closes their own oldest, never another's."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

One = TypeVar("One", bound=Hashable)


class Crowd(Generic[One]):
    """For any thread. `most` of the same key: asked each time that one joins."""

    def __init__(self, most: Callable[[], int]) -> None:
        self._most = most
        self._lock = Lock()
        self._there: dict[Hashable, dict[One, None]] = {}

    def join(self, key: Hashable, one: One) -> list[One]:
        """Who has to go for it, the oldest first: each is counted no more."""
        with self._lock:
            there = self._there.setdefault(key, {})
            there[one] = None
            leaving = list(there)[: max(len(there) - self._most(), 0)]
            for each in leaving:
                del there[each]
            return leaving

    def leave(self, key: Hashable, one: One) -> None:
        """Any number of times."""
        with self._lock:
            there = self._there.get(key, {})
            there.pop(one, None)
            if not there:
                self._there.pop(key, None)

    def __len__(self) -> int:
        with self._lock:
            return sum(map(len, self._there.values()))
