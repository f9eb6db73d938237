"""Text messages (SMS). Pure: when one may go, how often it is tried, whether parameters fit a template, what a reply
means."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from hotline.domain.ids import id_in
from hotline.domain.numbers import Number
from hotline.domain.time import SHANGHAI


class SmsState(StrEnum):
    WAITING = "waiting"
    #: Handed to the gateway at this moment.
    SENDING = "sending"
    #: The gateway has taken it.
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    #: The gateway refused it, or it was tried too often or waited too long.
    FAILED = "failed"
    #: Whether the gateway took it is not known: it is never sent again, and a report may still tell.
    UNCLEAR = "unclear"
    #: It was not to be sent: the number is on the do-not-send list, or had enough that day.
    HELD_BACK = "held_back"


#: What a report may change.
REPORTED = (SmsState.SENDING, SmsState.SENT, SmsState.UNCLEAR)

#: What counts against a number's day.
COUNTED = (SmsState.SENDING, SmsState.SENT, SmsState.DELIVERED, SmsState.UNDELIVERED, SmsState.UNCLEAR)

#: Minutes after each failure until it is tried again.
_BACKOFF = (1, 5, 15, 60, 180)

#: What is older says nothing any more that is worth a message.
LONGEST_WAIT = timedelta(hours=24)

LONGEST_PARAMETER = 64


@dataclass(frozen=True, slots=True)
class SmsMessage:
    """`kind`, `object`: what it is about, as the audit log has it. `message_id`: as the gateway knows it from us;
    `gateway_id`: as it calls it. `why`: a code of ours or of the gateway."""

    message_id: str
    once_key: str
    number: Number
    template: str
    parameters: Mapping[str, str]
    kind: str
    object: str
    state: SmsState
    created_at: datetime
    due_at: datetime
    attempts: int = 0
    why: str = ""
    gateway_id: str = ""
    sent_at: datetime | None = None
    reported_at: datetime | None = None
    id: int = 0

    @property
    def object_id(self) -> int:
        """The number in `object`; 0 for none."""
        return id_in(self.object)


@dataclass(frozen=True, slots=True)
class DoNotSend:
    """A number that is sent nothing. `how`: "reply" (it answered TD), or "staff"."""

    number: Number
    since: datetime
    how: str
    by: str = ""


def once_key(number: str, template: str, parameters: Mapping[str, str], kind: str, object: str) -> str:
    """The same words about the same thing to the same number are one message, however often they are asked for."""
    said = json.dumps([number, template, dict(sorted(parameters.items())), kind, object], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def is_night(now: datetime, begins: time, ends: time) -> bool:
    """Of Shanghai; a night over midnight too. Equal moments are no night."""
    local = now.astimezone(SHANGHAI).time()
    return begins <= local < ends if begins <= ends else local >= begins or local < ends


def next_try(attempts: int, most: int, created_at: datetime, now: datetime) -> datetime | None:
    """When it is tried again after so many attempts; None: never."""
    if attempts >= most or now - created_at >= LONGEST_WAIT:
        return None
    return now + timedelta(minutes=_BACKOFF[min(attempts, len(_BACKOFF)) - 1])


def wrong_parameters(declared: Collection[str], given: Mapping[str, str]) -> str:
    """What does not fit the template: "missing", "unknown" or "text"; "" when all does."""
    if set(declared) - set(given):
        return "missing"
    if set(given) - set(declared):
        return "unknown"
    return "" if all(map(_fits, given.values())) else "text"


def _fits(text: str) -> bool:
    shown = not any(unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in text)
    return shown and 0 < len(text) <= LONGEST_PARAMETER


def placeholders(text: str) -> set[str]:
    """The names in braces: "…{number}…"."""
    return set(re.findall(r"\{([a-z_][a-z0-9_]*)\}", text))


def text_of(template: str, parameters: Mapping[str, str]) -> str:
    """As people read it; what a parameter says is never taken for a name in braces."""
    return re.sub(r"\{([a-z_][a-z0-9_]*)\}", lambda found: parameters.get(found[1], found[0]), template)


def means_stop(reply: str) -> bool:
    """Whether somebody answered that they want no more: 回T, TD, R (拒收), 退订."""
    said = "".join(unicodedata.normalize("NFKC", reply).split()).upper().strip(".。!！回复")
    return said in {"T", "TD", "R", "N", "QX", "退订", "取消", "STOP"}
