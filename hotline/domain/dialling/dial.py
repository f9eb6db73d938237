"""One dial: who dialled whom, for what, and how it ended. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.numbers import Number


class DialOutcome(StrEnum):
    """How a dial ended. Asterisk tells all but MACHINE and WRONG_NUMBER: these are the operator's word, of one that was
    answered: while it lasts, or of one that was REACHED."""

    #: The operator's own phone was not picked up, or was away.
    OPERATOR_GONE = "operator_gone"
    #: The callback trunk cannot be reached.
    TRUNK_DOWN = "trunk_down"
    #: All its channels are busy.
    CONGESTED = "congested"
    #: There is no such number.
    INVALID = "invalid"
    #: The number exists, and its phone is off or out of reach.
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    DECLINED = "declined"
    WRONG_NUMBER = "wrong_number"
    MACHINE = "machine"
    #: The operator hung up before anybody answered, or it never began.
    CANCELLED = "cancelled"
    REACHED = "reached"


#: What only the operator knows.
SAID = frozenset({DialOutcome.MACHINE, DialOutcome.WRONG_NUMBER})


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to dial. `object_kind` and `object_id`: what for, "" and 0 for nothing that is kept. `line`:
    whose shown number the customer sees. `reason`: what is told to the customer (C1). `customer_named_time`: they asked
    to be called now, so rest time does not count; `named_at`: or at that time. `confirmed`: what whoever dials was
    warned of and has said yes to."""

    object_kind: str
    object_id: int
    number: Number
    line: str
    reason: str
    customer_named_time: bool = False
    confirmed: str = ""
    named_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dial:
    """`user`: the account that dialled, `extension` at whose phone. `linkedid` is set beforehand; the call of that name
    comes when the phone rings. `ringing_at`: the customer's phone began to ring. `answered_at`: the customer answered.
    `outcome` None while it goes on, unless the operator has said already what answered; `seconds`: how long the two
    talked."""

    node: str
    linkedid: str
    user: str
    extension: str
    number: Number
    line: str
    object_kind: str
    object_id: int
    reason: str
    asked_at: datetime
    ringing_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: DialOutcome | None = None
    seconds: float = 0.0
    id: int | None = None
