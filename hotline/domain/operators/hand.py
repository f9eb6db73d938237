"""A raised hand: an operator in a call asks a supervisor to help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.call import Call, PartyKind


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


def still_talks(call: Call, extension: str) -> bool:
    """Whether this operator is in this call."""
    open_talks = (talk.party for talk in call.talks if talk.ended_at is None)
    return call.ended_at is None and any(p.kind is PartyKind.OPERATOR and p.id == extension for p in open_talks)
