"""Calls as the ledger keeps and finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.calls.call import Call, Direction, Outcome, PartyKind
from hotline.domain.led import LedSpan
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.rights.seeing import NumberAsked
from hotline.domain.staff.records import Tenure

#: What the ledger shows: calls between our phones and the line's tests of itself stand nowhere.
LEDGER_DIRECTIONS = (Direction.INBOUND, Direction.DIALLED, Direction.OUTBOUND)


class Rated(StrEnum):
    """What the caller said of the call (E9)."""

    ASKED = "asked"  # whatever they said
    ANSWERED = "answered"
    LOW = "low"  # 1 or 2
    COMMENTED = "commented"


@dataclass(frozen=True, slots=True)
class CallFilter:
    """What the ledger is searched by; None or () means any. [`since`, `until`) by the call's start.

    `caller`: part of the number as normalised or as sent; `caller_asked`: who sees numbers masked looks for, in place
    of it. `answered_by`: an extension or a mobile; `had`: in place of it, one of these extensions in these times.
    `led`: besides, answered by one of those. `rated`: the caller was asked how it was, and said this. `directions`
    defaults to all with whom is outside.
    """

    since: datetime | None = None
    until: datetime | None = None
    outcomes: tuple[Outcome, ...] = ()
    in_progress: bool | None = None
    caller: str = ""
    caller_asked: NumberAsked | None = None
    line: str = ""
    answered_by: str = ""
    had: tuple[Tenure, ...] | None = None
    led: tuple[LedSpan, ...] | None = None
    directions: tuple[Direction, ...] = LEDGER_DIRECTIONS
    rated: Rated | None = None


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A call with its row's id, and its recordings as they stand in the store."""

    id: int
    call: Call
    recordings: tuple[RecordingEntry, ...]


@dataclass(frozen=True, slots=True)
class CallPage:
    """Newest first. `total` counts all that the filter finds; `more`: it stopped counting there, since nobody asked
    for more."""

    calls: tuple[StoredCall, ...]
    total: int
    more: bool = False


def operators_of(call: Call) -> list[str]:
    """Extensions of all who had the caller."""
    return list(dict.fromkeys(extension for extension, _at in operators_when(call)))


def operators_when(call: Call) -> list[tuple[str, datetime]]:
    """Extensions of all who had the caller, and since when: who had the extension then is who it was."""
    talked = [(talk.party, talk.started_at) for talk in call.talks]
    answered = [(call.answered_by, call.answered_at or call.started_at)] if call.answered_by else []
    return [(party.id, at) for party, at in (*talked, *answered) if party.kind is PartyKind.OPERATOR]
