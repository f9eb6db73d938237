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
    #: Somebody of ours promised it to the caller (B6).
    PROMISED = "promised"
    #: A call that grew too long goes on from another line (A10).
    LONG_CALL = "long_call"

    @property
    def is_by_hand(self) -> bool:
        """Opened by somebody of ours: what is found out about the call later does not take it back."""
        return self in (CallbackReason.PROMISED, CallbackReason.LONG_CALL)


@dataclass(frozen=True, slots=True)
class Callback:
    """A call that we owe (A9). `queued_at` is when the caller began to wait: the place they keep. `opened_by`: of one
    that somebody of ours opened. `number` is empty when what a caller left could not be read: `note` holds it then.
    `taken_by`: the user who calls back, "" nobody yet."""

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
