"""What callbacks have of the calls that the ledger writes: the clock of each that a call leaves (A9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.domain.callbacks.callback import clock_started_at, may_owe
from hotline.domain.callbacks.owed import CALLBACK_CLOCK
from hotline.domain.calls.call import Call
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.settings import Settings
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.transaction import Transaction


def start_clocks(tx: Transaction, settings: Settings, calls: Sequence[Call], now: datetime) -> None:
    """The ledger has opened and taken back the callbacks of these calls before."""
    ended: dict[str, dict[str, Call]] = defaultdict(dict)
    for call in calls:
        if call.ended_at is not None and may_owe(call):
            ended[call.node][call.linkedid] = call
    wanted: dict[int, Wanted | None] = {}
    for node, by_linkedid in ended.items():
        for owed in CallbackStore(tx).open_of(node, list(by_linkedid)):
            wanted[owed.id or 0] = Wanted(clock_started_at(by_linkedid[owed.linkedid]), owed.line)
    if wanted:
        keep(tx, settings, CALLBACK_CLOCK, wanted, now)


def _all(settings: Settings) -> Iterator[Consequence]:
    def clocks(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        start_clocks(tx, settings, calls, now)

    yield clocks


CONSEQUENCES = Consequences(_all)
