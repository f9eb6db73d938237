"""What follows from the calls that the ledger writes down, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

#: Does what follows from these calls as they are now. The same calls come again with every fold of theirs: doing it
#: again must change nothing, and cost next to nothing.
Consequence = Callable[[Transaction, Sequence[Call], datetime], None]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows in a feature, as its `consequences.py` tells it in `CONSEQUENCES`."""

    make: Callable[[Settings], Iterable[Consequence]]
