"""Names that the dialplan (config/asterisk/extensions.conf) and Python share. Change them here and there together.

A test reads the generated dialplan and fails if either side uses a name that is not here.
"""

from __future__ import annotations

from enum import StrEnum


class Variable(StrEnum):
    """Channel variables. The IVR sets HL_ROUTE last: the dialplan takes its presence as the only proof of success
    (AGISTATUS says SUCCESS even when the server died in mid-greeting)."""

    LINE = "HL_LINE"  # line id, set by the dialplan from the number dialled
    ROUTE = "HL_ROUTE"  # one of Route
    QUEUE = "HL_QUEUE"  # queue id, for QUEUE
    PREFERRED = "HL_PREFERRED"  # extension of the operator who had this caller (B7), may be empty
    PRIORITY = "HL_PRIORITY"  # 0 to 9: how far before others this customer waits
    DUTY = "HL_DUTY"  # duty numbers in order, joined by "-"; digits and + only
    NO_OPERATOR = "HL_NO_OPERATOR"  # duty | voicemail: where a full or empty queue leads
    SUBJECT = "HL_SUBJECT"
    WITHHELD = "HL_WITHHELD"  # 1: the caller keeps their number back, whatever the network tells; set by the dialplan
    TRIAL = "HL_TRIAL"  # token of a call by which a draft of the menus is tried
    TRIAL_KEYS = "HL_TRIAL_KEYS"  # (on the half that plays the caller) what SendDTMF is given
    TRIAL_WAIT = "HL_TRIAL_WAIT"  # (the same) seconds that it stays after the last key
    CALLER = "HL_CALLER"  # number to be called back on, "" for none: by the dialplan as sent, by the IVR as it is read


class RouteExtension(StrEnum):
    """Values of HL_ROUTE: the extension of context [hl-route] that takes the call on."""

    QUEUE = "queue"
    DUTY = "duty"
    VOICEMAIL = "voicemail"
    BLOCKED = "blocked"
    GOODBYE = "goodbye"  # the caller has heard what they wanted (announcement) and nothing is left to do


class UserEvent(StrEnum):
    """Names given to CELGenUserEvent(); the extra text is `key=value` pairs joined by ";"."""

    LINE = "HL_LINE"  # line=<id>;withheld=<0|1>
    UNKNOWN_NUMBER = "HL_UNKNOWN_NUMBER"  # number=<what the carrier sent>: no line has it
    MENU = "HL_MENU"  # menu=<id>;key=<digit or empty>;target=<kind:id>;subject=<text>
    ROUTE = "HL_ROUTE"  # kind=<Route>;target=<queue or numbers>;reason=<Reason>
    SAFE = "HL_SAFE"  # reason=<ivr_away|ivr_died>: the dialplan went on without the IVR
    QUEUE_LEFT = "HL_QUEUE_LEFT"  # queue=<id>;status=<QUEUESTATUS>
    DUTY_DIAL = "HL_DUTY_DIAL"  # number=<number>
    DUTY_TAKEN = "HL_DUTY_TAKEN"  # (on the mobile's channel) the key was pressed
    DUTY_DECLINED = "HL_DUTY_DECLINED"  # (on the mobile's channel) picked up, key not pressed
    RECORDING = "HL_RECORDING"  # kind=<talk|voicemail>;file=<name>
    VOICEMAIL = "HL_VOICEMAIL"  # status=<RECORD_STATUS>: after the recording of the message
    CALLBACK = "HL_CALLBACK"  # number=<number>
    BLOCKED = "HL_BLOCKED"  # the blocklist prompt was played
    REFUSED = "HL_REFUSED"  # number=<dialled>: dialling out was refused (A3)
    TRANSFER_RETURNED = "HL_TRANSFER_RETURNED"  # to=<exten>: a blind transfer nobody took, back to the queue
    DIRECTORY_DIAL = "HL_DIRECTORY_DIAL"  # person=<id>;number=<number>: a person of the directory is rung
    REJOIN = "HL_REJOIN"  # extension=<ext>: the operator's page was loaded anew, their phone is rung again
    DIAL = "HL_DIAL"  # told=<plain|approved>:<digits>:<line>: we dial a customer, and first ring our own phone
    DIALLED = "HL_DIALLED"  # status=<DIALSTATUS or CHANNELS>;cause=<Q.850>;sip=<code>: the operator's part is over
    NOTICE = "HL_NOTICE"  # (on the customer's channel) they have heard that the call is recorded (G1)
    RATING_OFFERED = "HL_RATING_OFFERED"  # by=<handed_over|hung_up>: the caller is asked how the call was
    RATED = "HL_RATED"  # answer=<1-5>
    RATING_OVER = "HL_RATING_OVER"  # they have heard it to the end, answered or not
    LINE_TEST = "HL_LINE_TEST"  # id=<test id>: this call is the line dialling itself (A4)


def pairs(**values: str) -> str:
    """The extra text of a user event. Separators inside values become blanks, so that the text reads back whole."""
    return ";".join(f"{k}={_plain(v)}" for k, v in values.items())


def read_pairs(text: str) -> dict[str, str]:
    """The inverse of `pairs`; parts without "=" are left out."""
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)


def _plain(value: str) -> str:
    return "".join(" " if c in ';=,"\\|()[]{}$' or not c.isprintable() else c for c in value)
