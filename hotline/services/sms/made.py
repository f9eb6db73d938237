"""Parameters of a text message that are made in the moment in which it is sent: `MADE` in a feature's sms_made.py.

A row keeps a message's parameters, and of a link only the hash is ever kept: so a link is made when its message is
handed over, in the transaction that says so. Tried again, it carries another one, and the one before lets nobody in any
more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from hotline.discovery import gathered, together
from hotline.domain.sms.message import SmsMessage
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

#: What stands in a row in place of what is made when it goes.
LATER = "…"

#: All that there may be; those of them that the template names are sent. None: there is nothing to send any more.
MakeParameters = Callable[[Transaction, Settings, SmsMessage, datetime], Mapping[str, str] | None]


@dataclass(frozen=True)
class MadeParameters:
    """What a feature tells: how they are made, by the kind of message."""

    of_kind: Mapping[str, MakeParameters]


@cache
def _all() -> Mapping[str, MakeParameters]:
    return together(each.of_kind for each in gathered("hotline.services", "sms_made", "MADE", MadeParameters))


def made_parameters(
    tx: Transaction, settings: Settings, message: SmsMessage, now: datetime
) -> Mapping[str, str] | None:
    """Of this message; those that it has, where its kind makes none."""
    make = _all().get(message.kind)
    if make is None:
        return message.parameters
    made = make(tx, settings, message, now)
    return None if made is None else {name: made.get(name, value) for name, value in message.parameters.items()}
