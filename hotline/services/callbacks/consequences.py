"""What callbacks have of the calls that the ledger writes: the clock of each that a call leaves, and those that are
settled because the same person was talked with (A9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.domain.numbers import Number
from hotline.services.callbacks.called_again import settle
from hotline.services.callbacks.clock import keep_clocks
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.settings import Settings
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.transaction import Transaction


def follow(tx: Transaction, settings: Settings, calls: Sequence[Call], now: datetime) -> None:
    """The ledger has opened and taken back the callbacks of these calls before."""
    ended = [call for call in calls if call.ended_at is not None]
    if not ended:
        return
    by_node: dict[str, list[str]] = defaultdict(list)
    for call in ended:
        by_node[call.node].append(call.linkedid)
    owed = CallbackStore(tx).open_for({number for call in ended for number in _numbers(call)})
    changed = {each.id or 0 for each in owed}
    for node, linkedids in by_node.items():
        changed |= CallbackStore(tx).open_of(node, linkedids)
    changed -= settle(tx, ended, changed, now)
    keep_clocks(tx, settings, changed, now)


def _numbers(call: Call) -> Iterator[Number]:
    """At which a callback may be owed that this call had a part in."""
    return filter(None, (call.caller.number, call.caller.kept_back, call.callback_number))


def _all(settings: Settings) -> Iterator[Consequence]:
    def clocks(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        follow(tx, settings, calls, now)

    yield clocks


CONSEQUENCES = Consequences(_all)
