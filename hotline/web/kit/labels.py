"""The words and colours for what the domain names by codes. An unknown code is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.discovery import together
from hotline.domain.calls.call import Outcome
from hotline.domain.dialling.dial import DialOutcome


@dataclass(frozen=True)
class Label:
    """`tone`: ok, wait, warn, bad, info, live or muted; each is a colour of its own in light and dark."""

    text: str | LazyString
    tone: str = "muted"


#: Those that several features show; one of a feature alone stands in its labels.py.
OUTCOMES = {
    Outcome.ANSWERED: Label(_("Answered"), "ok"),
    Outcome.FORWARDED_ANSWERED: Label(_("Answered on mobile"), "ok"),
    Outcome.VOICEMAIL: Label(_("Voicemail"), "info"),
    Outcome.CALLBACK_REQUESTED: Label(_("Callback requested"), "info"),
    Outcome.ABANDONED_IVR: Label(_("Left in the menu"), "warn"),
    Outcome.ABANDONED_QUEUE: Label(_("Left while waiting"), "bad"),
    Outcome.NO_ANSWER: Label(_("Not answered"), "bad"),
    Outcome.FORWARDED_UNANSWERED: Label(_("Mobile not answered"), "bad"),
    Outcome.BLOCKED: Label(_("Blocked"), "muted"),
    Outcome.FAILED: Label(_("Failed"), "bad"),
}

#: How a dial ended, and what came of a try to call back.
DIAL_OUTCOMES = {
    DialOutcome.OPERATOR_GONE: Label(_("The operator's phone was not answered"), "warn"),
    DialOutcome.TRUNK_DOWN: Label(_("The callback trunk is down"), "bad"),
    DialOutcome.CONGESTED: Label(_("All channels busy"), "warn"),
    DialOutcome.INVALID: Label(_("No such number"), "bad"),
    DialOutcome.UNREACHABLE: Label(_("Out of reach or switched off"), "warn"),
    DialOutcome.BUSY: Label(_("Busy"), "warn"),
    DialOutcome.NO_ANSWER: Label(_("Nobody answered"), "warn"),
    DialOutcome.DECLINED: Label(_("Declined"), "warn"),
    DialOutcome.WRONG_NUMBER: Label(_("Wrong number"), "bad"),
    DialOutcome.MACHINE: Label(_("A machine answered"), "warn"),
    DialOutcome.CANCELLED: Label(_("Hung up before an answer"), "muted"),
    DialOutcome.REACHED: Label(_("Reached"), "ok"),
}


def label(labels: Mapping[Any, Label], code: str) -> Label:
    return labels.get(code) or Label(str(code))


def install(app: Flask, told: Mapping[str, object]) -> None:
    """`told`: what the features have labels for, by the name that templates use."""
    app.jinja_env.globals.update(
        labels=together(({"outcome": OUTCOMES, "dial_outcome": DIAL_OUTCOMES}, told)), label=label
    )
