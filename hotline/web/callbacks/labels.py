"""Why a callback is owed, what came of it, and of the tries at it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.callbacks.listing import Tab
from hotline.domain.callbacks.owed import CallbackOutcome, CallbackReason
from hotline.domain.dialling.next_try import TRIED_IN_VAIN
from hotline.web.kit.labels import DIAL_OUTCOMES, Label

CALLBACK_REASONS = {
    CallbackReason.REQUESTED: Label(_("Asked for it"), "info"),
    CallbackReason.ABANDONED: Label(_("Left while waiting"), "warn"),
    CallbackReason.MISSED: Label(_("Nobody answered"), "bad"),
    CallbackReason.VOICEMAIL: Label(_("Left a message"), "info"),
    CallbackReason.BROKE_OFF: Label(_("The talk broke off"), "bad"),
    CallbackReason.PROMISED: Label(_("Promised by us"), "warn"),
    CallbackReason.LONG_CALL: Label(_("Goes on after a long call"), "info"),
    CallbackReason.ONE_WAY: Label(_("One side was not heard"), "bad"),
    CallbackReason.NO_GOODBYE: Label(_("Ended without a goodbye"), "bad"),
}

OUTCOMES = {
    CallbackOutcome.DONE: Label(_("Called back, settled"), "ok"),
    CallbackOutcome.NOT_WANTED: Label(_("No longer wanted"), "muted"),
    CallbackOutcome.WRONG_NUMBER: Label(_("Wrong number"), "warn"),
    CallbackOutcome.NOT_REACHED: Label(_("Not reachable, given up"), "warn"),
    CallbackOutcome.CALLED_AGAIN: Label(_("They called again"), "ok"),
    CallbackOutcome.TALKED: Label(_("Talked with on another call of ours"), "ok"),
    CallbackOutcome.JOINED: Label(_("Joined to another"), "muted"),
}

#: What somebody says came of it when it is over.
RESULTS = {outcome: label for outcome, label in OUTCOMES.items() if outcome.is_said}

#: What somebody says of a try that reached nobody; it is tried again.
TRIED = {outcome: label for outcome, label in DIAL_OUTCOMES.items() if outcome in TRIED_IN_VAIN}

TABS = {Tab.OPEN: _("To be called"), Tab.OWN: _("Taken by me"), Tab.OVERDUE: _("Overdue"), Tab.DONE: _("Done")}
