"""The record of one call: what the fold makes of its channel events, and what every reader of the ledger sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.numbers import NO_NUMBER, Number


class Direction(StrEnum):
    INBOUND = "inbound"
    #: Somebody on one of our phones tried to dial out (A3).
    OUTBOUND = "outbound"
    #: We dialled it, over a callback trunk.
    DIALLED = "dialled"
    #: Between our own phones: consultations, calls to colleagues.
    INTERNAL = "internal"
    #: The line dialling itself (A4).
    LINE_TEST = "line_test"
    #: An administrator who tries the line from the browser as a caller.
    TEST = "test"


#: A customer is at the other end: it is written up, recorded, judged, kept, and stands in their history.
WITH_CUSTOMER = frozenset({Direction.INBOUND, Direction.DIALLED})

#: Operators are told of it and serve it: those with customers, and the test call of whoever plays one.
SERVED = WITH_CUSTOMER | {Direction.TEST}


class Outcome(StrEnum):
    """How a finished call ended; a call in progress has none."""

    ANSWERED = "answered"
    ABANDONED_IVR = "abandoned_ivr"
    ABANDONED_QUEUE = "abandoned_queue"
    #: Phones rang or the queue was tried, nobody took it, and the caller got no further.
    NO_ANSWER = "no_answer"
    FORWARDED_ANSWERED = "forwarded_answered"
    FORWARDED_UNANSWERED = "forwarded_unanswered"
    VOICEMAIL = "voicemail"
    CALLBACK_REQUESTED = "callback_requested"
    BLOCKED = "blocked"
    FAILED = "failed"


class PartyKind(StrEnum):
    CALLER = "caller"
    OPERATOR = "operator"
    MOBILE = "mobile"
    SYSTEM = "system"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody on the call. `id` is the operator's extension or the mobile's number; `name` who that is, if known."""

    kind: PartyKind
    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """`number` is empty when withheld or unreadable. `original`: what the carrier sent, to the letter, unless it tells
    a withheld number.

    `kept_back`: what the network told of a caller who withholds their number. It stands on no screen: it is for the
    blocklist (A15), for being called back by their own wish (A9), and for what persons may ask of us (G3).
    """

    number: Number
    original: str
    name: str = ""
    withheld: bool = False
    kept_back: Number = NO_NUMBER


@dataclass(frozen=True, slots=True)
class MenuStep:
    """One menu heard: `key` is the digit pressed, "" for none (timeout), and `target` where it led."""

    at: datetime
    menu: str
    key: str
    target: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One decision on where the call goes: queue, duty, voicemail, blocked…, and why."""

    at: datetime
    kind: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class QueueStay:
    """One stay in a queue. `result`: answered, abandoned, callback, timeout, full, empty, dropped (picked up and
    dropped at once), ended (by us: Asterisk went down), or "" while waiting."""

    queue: str
    joined_at: datetime
    left_at: datetime | None
    result: str


#: The remark on a call for a number that no line has; ":" and the number follow.
UNKNOWN_NUMBER = "unknown_number"

#: The remark on a call that Asterisk led on by itself, since the menus were away or died; ":" and why follow.
SAFE_ROUTE = "safe_route"

#: The result of a ring at a phone that is set to forward calls.
FORWARDS = "forwards"

#: And at one that was picked up and dropped before a word was said.
DROPPED_RING = "dropped"


@dataclass(frozen=True, slots=True)
class Ring:
    """One phone ringing. `rings` counts ring cycles begun, 5 s each: 1 s tone, 4 s silence (A8).

    `result`: answered, no_answer, busy, cancelled (the caller left or somebody else answered), declined (a mobile
    was picked up but nobody pressed the key), dropped (picked up and dropped before a word was said), forwards (it is
    set to forward calls, which leads nowhere: A3), failed, or "" while it rings.
    """

    party: Party
    started_at: datetime
    ended_at: datetime | None
    seconds: float
    rings: int
    result: str


@dataclass(frozen=True, slots=True)
class Talk:
    """The caller and one of our side in one bridge."""

    party: Party
    started_at: datetime
    ended_at: datetime | None


#: Whose hold it is when the caller's own phone holds us.
BY_CALLER = "caller"


@dataclass(frozen=True, slots=True)
class Span:
    """From–to with an open end while it lasts; holds and recording pauses. `by`: of a hold, the extension or the
    mobile's number, or BY_CALLER."""

    started_at: datetime
    ended_at: datetime | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """`kind`: blind, attended, or pickup (a ringing call taken at another phone)."""

    at: datetime
    kind: str
    from_party: Party
    to_party: Party


@dataclass(frozen=True, slots=True)
class Consultation:
    """`by` asks somebody while the caller hears music. No `answered_at`: nobody has answered. It ends when `by` is
    back with the caller, or `asked` has the caller, and with the call."""

    by: Party
    asked: Party
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordingStart:
    """A recording begun on this call: `kind` is talk or voicemail, `file` its name in the incoming folder."""

    at: datetime
    kind: str
    file: str


@dataclass(frozen=True, slots=True)
class DialEnd:
    """What Asterisk says of how a dial of ours to a customer went. `status`: its DIALSTATUS, or GONE: our own phone was
    not picked up, CHANNELS: the callback trunk carries no more. `cause` as of a hang-up (Q.850), `sip` the carrier's
    last answer; 0 for none."""

    status: str
    cause: int = 0
    sip: int = 0


class HandedBy(StrEnum):
    """How a caller came to be asked how the call was."""

    HANDED_OVER = "handed_over"  # the operator handed them over
    HUNG_UP = "hung_up"  # the operator hung up first


@dataclass(frozen=True, slots=True)
class Asked:
    """After the talk the caller is asked for a key from 1 to 5. `answer` None: none was pressed (yet). `over`: they
    heard all of it, and the call was ended by us."""

    at: datetime
    by: HandedBy
    answer: int | None = None
    answered_at: datetime | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class HangUp:
    by: Party
    at: datetime
    cause: int


@dataclass(frozen=True, slots=True)
class Call:
    """One row of the ledger; a call is known by (`node`, `linkedid`). Seconds are rounded to the millisecond.

    `wait_seconds`: in queues until answered or left. `ring_seconds`: our side's phones, until answered (A8).
    `talk_seconds`: caller bridged with our side, holds included. `hold_seconds`: on hold by our side. `answered_by`:
    first of our side to talk. `remarks`: what was unusual, e.g. ended_by_restart, safe_route:ivr_away,
    transfer_returned.
    """

    node: str
    linkedid: str
    direction: Direction
    line: str
    dialled: str
    caller: Caller
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None
    answered_by: Party | None
    talk_started_at: datetime | None
    wait_seconds: float
    ring_seconds: float
    talk_seconds: float
    hold_seconds: float
    menu: tuple[MenuStep, ...]
    routes: tuple[RouteStep, ...]
    queues: tuple[QueueStay, ...]
    rings: tuple[Ring, ...]
    talks: tuple[Talk, ...]
    holds: tuple[Span, ...]
    pauses: tuple[Span, ...]
    transfers: tuple[Transfer, ...]
    recordings: tuple[RecordingStart, ...]
    hang_up: HangUp | None
    callback_number: Number = NO_NUMBER
    remarks: tuple[str, ...] = ()
    #: Not in rows of older versions.
    consultations: tuple[Consultation, ...] = ()
    #: Of a call that we dialled, once it is known.
    dial_end: DialEnd | None = None
    #: The caller was handed over to be asked how the call was.
    asked: Asked | None = None

    @property
    def is_with_customer(self) -> bool:
        """Whichever of the two called. What a caller finds with us (A8, A9, A11) is asked of INBOUND alone."""
        return self.direction in WITH_CUSTOMER

    @property
    def is_served(self) -> bool:
        """Whether it rings on operators' screens. Records and figures go by `is_with_customer`."""
        return self.direction in SERVED

    @property
    def is_test(self) -> bool:
        """Whether an administrator plays the caller."""
        return self.direction is Direction.TEST
