"""A call that we owe (A9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.deadlines.kept import ClockName
from hotline.domain.numbers import Number

#: A9: until we have called back.
CALLBACK_CLOCK = ClockName("callback")


class CallbackReason(StrEnum):
    REQUESTED = "requested"
    ABANDONED = "abandoned"
    MISSED = "missed"
    VOICEMAIL = "voicemail"
    #: A talk that ended without having come to its end.
    BROKE_OFF = "broke_off"
    #: Somebody of ours promised it to the caller (B6).
    PROMISED = "promised"
    #: A call that grew too long goes on from another line (A10).
    LONG_CALL = "long_call"
    #: One side was not heard (Q3).
    ONE_WAY = "one_way"
    #: A talk that broke off by what was said: nobody had said goodbye.
    NO_GOODBYE = "no_goodbye"

    @property
    def is_by_hand(self) -> bool:
        """Opened by somebody of ours, or by what was heard in the recording: what is found out about the call's way
        later does not take it back."""
        return self in _BY_HAND


_BY_HAND = frozenset(
    {CallbackReason.PROMISED, CallbackReason.LONG_CALL, CallbackReason.ONE_WAY, CallbackReason.NO_GOODBYE}
)


class CallbackOutcome(StrEnum):
    """What came of a callback that is closed; "" of those closed before it was asked for."""

    DONE = "done"
    #: They called again, and somebody of ours talked with them.
    CALLED_AGAIN = "called_again"
    #: Somebody of ours talked with them on another call that we dialled.
    TALKED = "talked"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"
    NOT_WANTED = "not_wanted"
    #: The same person was owed another one already, which has its calls now.
    JOINED = "joined"

    @property
    def is_said(self) -> bool:
        """Somebody says so; the others are found out."""
        return self not in (CallbackOutcome.CALLED_AGAIN, CallbackOutcome.TALKED, CallbackOutcome.JOINED)


@dataclass(frozen=True, slots=True)
class Callback:
    """A call that we owe (A9): to one number of one line, however many calls it has left there (`calls`). `node` and
    `linkedid` are the first of them, `reason`, `opened_by` and `note` what that one says.

    `queued_at` is when the caller began to wait: the place they keep. `owed_from`: from when on the callback is waited
    for; None: from `queued_at`. `opened_by`: of one that somebody of ours opened. `number` is empty when what a caller
    left could not be read: `note` holds it then. `taken_by`: the user who calls back, "" nobody yet.

    `agreed_at`: the moment that was promised, if any. `next_try_at`: after a try, when the next is due. `first_due_at`:
    when it was due before the first try; None while there was none.
    """

    node: str
    linkedid: str
    line: str
    number: Number
    reason: CallbackReason
    queued_at: datetime
    due_at: datetime
    id: int | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    closing_note: str = ""
    opened_by: str = ""
    note: str = ""
    taken_by: str = ""
    taken_at: datetime | None = None
    owed_from: datetime | None = None
    agreed_at: datetime | None = None
    calls: int = 1
    outcome: CallbackOutcome | None = None
    tries: int = 0
    first_tried_at: datetime | None = None
    last_tried_at: datetime | None = None
    next_try_at: datetime | None = None
    first_due_at: datetime | None = None
    rank: int = 1

    @property
    def waited_from(self) -> datetime:
        return self.owed_from or self.queued_at


@dataclass(frozen=True, slots=True)
class CallbackCall:
    """A call that a callback is owed for. The fields are those of `Callback`; `heard_by`: who has listened to its
    message first, and when."""

    id: int
    callback_id: int
    node: str
    linkedid: str
    reason: CallbackReason
    queued_at: datetime
    owed_from: datetime
    agreed_at: datetime | None = None
    opened_by: str = ""
    note: str = ""
    heard_at: datetime | None = None
    heard_by: str = ""


@dataclass(frozen=True, slots=True)
class CallbackTry:
    """Somebody tried to call back. `outcome`: a DialOutcome's word. `next_try_at`: None when it was the last.
    `dial_id`: of a call that was dialled here."""

    callback_id: int
    at: datetime
    by: str
    outcome: str
    note: str = ""
    next_try_at: datetime | None = None
    dial_id: int | None = None
    id: int | None = None
