"""F10, D12: of the opinions that came in, how many were handled effectively."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.shares import percent
from hotline.storage.satisfaction.opinions import OpinionStore
from hotline.storage.transaction import Transaction

#: The kinds of cases in which customers say what they think of us.
OPINIONS = ("complaint", "suggestion")


@dataclass(frozen=True, slots=True)
class OpinionsHandled:
    """Cases of complaints and suggestions that were opened in a time. `handled`: closed, with a result."""

    opened: int
    handled: int

    @property
    def percent(self) -> float | None:
        return percent(self.handled, self.opened)


def opinions_handled(tx: Transaction, since: datetime, until: datetime) -> OpinionsHandled:
    return OpinionsHandled(*OpinionStore(tx).counted(OPINIONS, since, until))
