"""Why a callback is owed, what came of it, and of the tries at it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.callbacks.listing import Tab
from hotline.domain.callbacks.owed import CallbackOutcome, CallbackReason
from hotline.web.kit.labels import Label

CALLBACK_REASONS = {
    CallbackReason.REQUESTED: Label(_("Asked for it"), "info"),
    CallbackReason.ABANDONED: Label(_("Left while waiting"), "warn"),
    CallbackReason.MISSED: Label(_("Nobody answered"), "bad"),
    CallbackReason.VOICEMAIL: Label(_("Left a message"), "info"),
    CallbackReason.BROKE_OFF: Label(_("The talk broke off"), "bad"),
    CallbackReason.PROMISED: Label(_("Promised by us"), "warn"),
    CallbackReason.LONG_CALL: Label(_("Goes on after a long call"), "info"),
    CallbackReason.ONE_WAY: Label(_("One side was not heard"), "bad"),
}

OUTCOMES = {
    CallbackOutcome.DONE: Label(_("Called back, settled"), "ok"),
    CallbackOutcome.NOT_WANTED: Label(_("No longer wanted"), "muted"),
    CallbackOutcome.WRONG_NUMBER: Label(_("Wrong number"), "warn"),
    CallbackOutcome.NOT_REACHED: Label(_("Not reachable, given up"), "warn"),
    CallbackOutcome.CALLED_AGAIN: Label(_("They called again"), "ok"),
    CallbackOutcome.JOINED: Label(_("Joined to another"), "muted"),
}

#: What somebody says came of it when it is over.
RESULTS = {outcome: label for outcome, label in OUTCOMES.items() if outcome.is_said}

#: What came of a try that reached nobody: words of a dialled call's outcome.
TRIED = {
    "no_answer": Label(_("No answer"), "wait"),
    "busy": Label(_("Busy"), "wait"),
    "declined": Label(_("Declined"), "wait"),
    "unreachable": Label(_("Not reachable"), "wait"),
    "machine": Label(_("A machine answered"), "wait"),
}

TABS = {Tab.OPEN: _("To be called"), Tab.OWN: _("Taken by me"), Tab.OVERDUE: _("Overdue"), Tab.DONE: _("Done")}
