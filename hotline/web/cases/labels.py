"""What cases have words for that no kind has: what is given with acts, channels, how grave, which list."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.cases import given
from hotline.domain.cases.case import CaseState, Channel, Complexity, Priority
from hotline.domain.cases.common_acts import MERGED_IN
from hotline.domain.cases.severity import Severity
from hotline.services.cases.listing import Which
from hotline.web.kit.labels import Label

GIVEN = {
    given.REASON: _("Reason"),
    given.NOTE: _("What was said or done"),
    given.DEPARTMENT: _("Department responsible"),
    given.TO: _("Given to"),
    given.DUE_AT: _("To be done by"),
    given.RESULT: _("Result"),
    given.SOLUTION: _("Solution"),
    given.CHOSEN: _("Solution chosen"),
    given.WAY: _("How the customer agreed"),
    given.CALL: _("Call"),
    given.PROOF: _("Signed paper (attached)"),
    given.NEXT_WORD_AT: _("Next word to the customer"),
    given.CLOCK: _("Which time"),
    given.MORE: _("How much more (hours; days where it counts days)"),
    given.DEMAND: _("Weight of the demand"),
    given.LOSS: _("The customer's loss"),
    given.SPREAD: _("How far it spreads"),
    given.PRIORITY: _("Urgency"),
    given.COMPLEXITY: _("Complexity"),
    given.CASE: _("Number of the other case"),
    given.CHECK_ITEM: _("What was begun"),
}

WAYS = {given.BY_PHONE: _("by phone"), given.BY_LINK: _("by their link"), given.BY_SIGNATURE: _("by signature")}

#: D6: 1 to 3.
DEGREES = {
    given.DEMAND: (_("1 an explanation"), _("2 exchange, repair or refund"), _("3 compensation")),
    given.LOSS: (_("1 slight"), _("2 considerable"), _("3 great, or somebody was hurt")),
    given.SPREAD: (_("1 the customer alone"), _("2 others know"), _("3 press or authorities")),
}

CHANNELS = {
    Channel.HOTLINE: _("400 line"),
    Channel.MAIL: _("E-mail"),
    Channel.WEB: _("Website"),
    Channel.WALK_IN: _("In person"),
    Channel.LETTER: _("Letter"),
    Channel.FAX: _("Fax"),
    Channel.CHAT: _("Chat"),
    Channel.QUALITY_DEPARTMENT: _("Quality department"),
    Channel.MEDIA: _("Press"),
    Channel.AUTHORITY: _("Authority"),
    Channel.EMPLOYEE: _("Handed in by an employee"),
}

PRIORITIES = {Priority.USUAL: Label(_("Usual"), "muted"), Priority.URGENT: Label(_("Urgent"), "bad")}

COMPLEXITIES = {Complexity.SIMPLE: _("Simple"), Complexity.COMPLEX: _("Complex")}

SEVERITIES = {
    Severity.LIGHT: Label(_("Slight"), "muted"),
    Severity.MEDIUM: Label(_("Middling"), "warn"),
    Severity.SEVERE: Label(_("Grave"), "bad"),
}

STATES = {
    CaseState.OPEN: Label(_("Being dealt with"), "wait"),
    CaseState.CLOSED: Label(_("Settled"), "ok"),
    CaseState.MERGED: Label(_("Merged"), "muted"),
}

#: The lists, in the order in which they stand.
LISTS = {
    Which.MINE: _("Mine"),
    Which.OFFERED: _("Offered to me"),
    Which.GROUP: _("My group's"),
    Which.DEPARTMENT: _("My department's"),
    Which.DUE_TODAY: _("Due today"),
    Which.OVERDUE: _("Overdue"),
    Which.WAITING: _("Waiting for the customer"),
    Which.ALL: _("All"),
}

#: What stands among the steps besides acts.
STEPS = {"open": _("Registered"), MERGED_IN: _("Another case goes on in this one"), "merged_out": _("Merge undone")}

PAPERS = {
    "registration": _("Complaint registration form"),
    "handling": _("Complaint handling form"),
    "work_slip": _("Work slip"),
    "repair_report": _("Repair report"),
}
