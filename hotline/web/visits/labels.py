"""The words for what visits name by codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.dialling.next_try import TRIED_IN_VAIN
from hotline.domain.visits.listing import VisitTab
from hotline.domain.visits.visit import IN_VAIN, Ending, Origin, Satisfaction, VisitState, VisitWay
from hotline.web.kit.labels import DIAL_OUTCOMES, Label

TABS = {
    VisitTab.MINE: _("Mine to make"),
    VisitTab.TODAY: _("Due today"),
    VisitTab.OVERDUE: _("Overdue"),
    VisitTab.UNASSIGNED: _("Nobody has them"),
    VisitTab.ALL: _("All open ones"),
    VisitTab.DONE: _("Done"),
}

ORIGINS = {
    Origin.CASE: Label(_("After a case"), "info"),
    Origin.PROJECT: Label(_("Project"), "info"),
    Origin.CAMPAIGN: Label(_("Campaign"), "info"),
    Origin.NEW_CUSTOMER: Label(_("New customer"), "info"),
    Origin.RATING: Label(_("After a bad rating"), "warn"),
    Origin.BY_HAND: Label(_("Planned by hand"), "muted"),
}

WAYS = {
    VisitWay.CALL: Label(_("By phone"), "info"),
    VisitWay.SMS: Label(_("By text message"), "wait"),
    VisitWay.MAIL: Label(_("By mail"), "wait"),
    VisitWay.LINK: Label(_("By a link"), "wait"),
    VisitWay.ON_SITE: Label(_("On the spot"), "info"),
}

STATES = {
    VisitState.OPEN: Label(_("To be made"), "wait"),
    VisitState.DONE: Label(_("Over"), "ok"),
    VisitState.DROPPED: Label(_("Not owed"), "muted"),
}

RESULTS = {
    Satisfaction.SATISFIED: Label(_("Satisfied"), "ok"),
    Satisfaction.SO_SO: Label(_("So-so"), "warn"),
    Satisfaction.NOT_SATISFIED: Label(_("Not satisfied"), "bad"),
}

ENDINGS = {
    Ending.ANSWERED: Label(_("Visited"), "ok"),
    Ending.REFUSED: Label(_("Did not want to be asked"), "muted"),
    Ending.NOT_REACHED: Label(_("Not reached"), "warn"),
    Ending.WRONG_NUMBER: Label(_("Wrong number"), "warn"),
    Ending.NOT_WANTED: Label(_("Not wanted"), "muted"),
    Ending.NOT_OWED: Label(_("Owed no more"), "muted"),
}

#: What whoever visits says when nobody answered the questions: it is over, or it is tried again.
ENDED = {ending: label for ending, label in ENDINGS.items() if ending in IN_VAIN}
TRIED = {outcome: label for outcome, label in DIAL_OUTCOMES.items() if outcome in TRIED_IN_VAIN}

STEPS = {
    "plan": _("Planned"),
    "assign": _("Visit given"),
    "take_away": _("Taken from who had to do with it"),
    "agree": _("Time agreed with the customer"),
    "change_way": _("Another way"),
    "try": _("Tried"),
    "record": _("Visit recorded"),
    "end": _("Ended without an answer"),
    "drop": _("Dropped"),
    "open_case": _("Case opened"),
}

COLUMNS = {
    "id": _("Visit"),
    "origin": _("Origin"),
    "purpose": _("What for"),
    "name": _("Customer"),
    "number_shown": _("Number"),
    "way": _("Way"),
    "due_at": _("Due by"),
    "visitor": _("Visitor"),
    "tries": _("Tries"),
    "state": _("State"),
    "closed_at": _("When"),
    "ending": _("What came of the visit"),
    "result": _("Result"),
    "with_what": _("Not satisfied with"),
    "content": _("Content of the visit"),
    "problems": _("Problems found"),
    "asked": _("Questions answered"),
    "seconds": _("Seconds of talk"),
}
