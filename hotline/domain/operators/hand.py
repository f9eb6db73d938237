"""A raised hand: an operator in a call asks a supervisor to help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.call import DROPPED_RING, Call, PartyKind


@dataclass(frozen=True, slots=True)
class RaisedHand:
    """Of the call (`node`, `linkedid`); it goes down with the talk. `seen_by`: the supervisor who has come, by name; ""
    nobody yet."""

    extension: str
    node: str
    linkedid: str
    raised_at: datetime
    seen_by: str = ""
    seen_at: datetime | None = None


def may_have_raised(call: Call) -> bool:
    """Whether one of ours is in this call, or was: a phone that was picked up and dropped at once counted as a talk
    before that was known."""
    return bool(call.talks) or any(ring.result == DROPPED_RING for ring in call.rings)


def still_talks(call: Call, extension: str) -> bool:
    """Whether this operator is in this call."""
    open_talks = (talk.party for talk in call.talks if talk.ended_at is None)
    return call.ended_at is None and any(p.kind is PartyKind.OPERATOR and p.id == extension for p in open_talks)
