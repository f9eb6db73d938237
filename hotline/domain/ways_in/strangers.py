"""SIP requests from strangers: wrong names, wrong passwords. Pure."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

#: Addresses that are remembered at once: forged ones must not fill the memory.
MOST_ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Stranger:
    """A request that was refused: from this address, as this name."""

    at: datetime
    address: str
    name: str


class RefusalTally:
    """How often each address was refused of late. `note` says whether it has now been too often."""

    def __init__(self, failures: int, within: timedelta) -> None:
        self._failures, self._within = failures, within
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()

    def note(self, address: str, at: datetime) -> bool:
        seen = self._seen.setdefault(address, deque(maxlen=self._failures))
        self._seen.move_to_end(address)
        seen.append(at)
        if len(self._seen) > MOST_ADDRESSES:
            self._seen.popitem(last=False)
        if len(seen) < self._failures or at - seen[0] > self._within:
            return False
        del self._seen[address]
        return True


@dataclass(frozen=True, slots=True)
class CountedRequests:
    """What an alert says of many such requests. `last`: the latest address or name."""

    count: int
    first_at: datetime
    last_at: datetime
    last: str

    def and_then(self, at: datetime, last: str) -> CountedRequests:
        return CountedRequests(self.count + 1, min(self.first_at, at), max(self.last_at, at), last)
