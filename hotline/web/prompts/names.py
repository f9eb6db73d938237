"""What the delivered prompts are called, for readers; what a site adds is called by its id."""

from __future__ import annotations

import re

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

NAMES: dict[str, LazyString] = {
    "greeting": _("Greeting"),
    "greeting-closed": _("Greeting outside the hours"),
    "greeting-closed-message": _("Greeting outside the hours, nobody on duty"),
    "menu-main": _("Main menu"),
    "key-invalid": _("Wrong key"),
    "key-missing": _("No key pressed"),
    "to-operator": _("Being put through to an operator"),
    "queue-callback-offer": _("Offer to call back"),
    "callback-confirmed": _("Callback confirmed"),
    "voicemail-prompt": _("Request to leave a message"),
    "voicemail-saved": _("Message saved"),
    "callback-noted": _("No message can be recorded"),
    "duty-wait": _("Being put through to the duty mobile"),
    "duty-confirm": _("Announcement on the duty mobile"),
    "dialled-notice": _("Notice on a call that we dial"),
    "blocked": _("Caller blocked"),
    "outbound-refused": _("Dialling out refused"),
    "transfer-failed": _("Transfer not taken"),
    "operator-lost": _("Operator's phone lost"),
    "hold-working": _("Still being worked on"),
    "case-enter-number": _("State of a case: enter the case number"),
    "case-enter-last-four": _("State of a case: enter the last four digits"),
    "case-not-found": _("State of a case: not found"),
    "case-received": _("State of a case: received"),
    "case-looked-into": _("State of a case: looked into"),
    "case-proposed": _("State of a case: solution proposed"),
    "case-waiting": _("State of a case: waiting for the customer"),
    "case-carried-out": _("State of a case: carried out"),
    "case-closed": _("State of a case: closed"),
    "case-next-word": _("State of a case: next word until"),
    "case-month": _("State of a case: month"),
    "case-day": _("State of a case: day"),
    "rating-ask": _("Question how the call was"),
    "rating-thanks": _("Thanks for the rating"),
    "goodbye": _("Goodbye"),
    "signed-in": _("Signed in by phone"),
    "signed-out": _("Signed out by phone"),
    "beep": _("Tone before a message"),
    "asterisk/beep": _("Tone"),
    "asterisk/beeperr": _("Tone for an error"),
    "asterisk/queue-youarenext": _("Queue: you are next"),
    "asterisk/queue-thereare": _("Queue: your place"),
    "asterisk/queue-callswaiting": _("Queue: after the place"),
    "asterisk/queue-quantity1": _("Queue: more callers than"),
    "asterisk/queue-quantity2": _("Queue: after the number of callers"),
    "asterisk/queue-holdtime": _("Queue: estimated waiting time"),
    "asterisk/queue-minute": _("Queue: minute"),
    "asterisk/queue-minutes": _("Queue: minutes"),
    "asterisk/queue-seconds": _("Queue: seconds"),
    "asterisk/queue-thankyou": _("Queue: thanks for waiting"),
    "asterisk/queue-periodic-announce": _("Queue: please go on waiting"),
    "asterisk/queue-reporthold": _("Queue: how long the caller has waited"),
    "asterisk/pbx-transfer": _("Transfer: dial the number"),
    "asterisk/pbx-invalid": _("Transfer: no such number"),
    "asterisk/digits/hundred": _("Number: hundred"),
    "asterisk/digits/thousand": _("Number: thousand"),
    "asterisk/digits/wan": _("Number: ten thousand"),
    "asterisk/digits/minus": _("Number: minus"),
    "asterisk/digits/star": _("Key: star"),
    "asterisk/digits/pound": _("Key: hash"),
}

_NUMBER = re.compile(r"asterisk/digits/(\d+)")


def prompt_name(prompt_id: str) -> str:
    if known := NAMES.get(prompt_id):
        return str(known)
    number = _NUMBER.fullmatch(prompt_id)
    return gettext("Number %(n)s", n=number[1]) if number else prompt_id
