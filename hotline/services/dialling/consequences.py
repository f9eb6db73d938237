"""What dials have of the calls that the ledger writes: how far they have come, and how they ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from hotline.domain.calls.call import Call, PartyKind
from hotline.domain.calls.dialled_id import is_dialled
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.dialling.ending import outcome_of, passed_on_at
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.services.dialling.settle import settle
from hotline.services.dialling.told import tell
from hotline.settings import Settings
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Transaction


def follow_dials(tx: Transaction, settings: Settings, calls: Sequence[Call], now: datetime) -> None:
    """A dial that was settled before stays as it is."""
    for call in calls:
        if not is_dialled(call.linkedid):
            continue
        dial = DialStore(tx).of_linkedid(call.node, call.linkedid)
        if dial is None or dial.id is None or dial.ended_at is not None:
            continue
        told = as_called(dial, call)
        outcome = outcome_of(call)
        if outcome is not None and call.ended_at is not None:
            settle(tx, settings, told, outcome, call.ended_at, now)
        elif (over := passed_on_at(call, dial.extension)) is not None:
            # What comes after it is the colleague's: whoever dialled may dial again, and says what came of it.
            settle(tx, settings, told, DialOutcome.REACHED, over, now)
        elif DialStore(tx).note(dial.id, told.ringing_at, told.answered_at) or begins_to_talk(call):
            tell(tx, dial, now)


def begins_to_talk(call: Call) -> bool:
    """The notice is over. What comes later of the talk is told again, and costs the console nothing."""
    return call.ended_at is None and bool(call.talks)


def as_called(dial: Dial, call: Call) -> Dial:
    """With what the call shows of it."""
    rang = [ring.started_at for ring in call.rings if ring.party.kind is PartyKind.CALLER]
    ringing_at = min(rang, default=None)
    answered_at = call.answered_at if ringing_at else None
    return replace(dial, ringing_at=ringing_at, answered_at=answered_at, seconds=call.talk_seconds)


def _all(settings: Settings) -> Iterator[Consequence]:
    def follow(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        follow_dials(tx, settings, calls, now)

    yield follow


CONSEQUENCES = Consequences(_all)
