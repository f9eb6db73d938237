"""The words for what the checks of visits name by codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.visit_checks.checks import Fault
from hotline.domain.visits.visit import Origin

FAULTS = {
    Fault.WORDS: _("The words that are laid down were not used"),
    Fault.REST_TIME: _("Called in the rest time"),
    Fault.LATE: _("Late"),
    Fault.LENGTH: _("Too long, or too many questions"),
    Fault.RECORD: _("The record or its sound is not whole"),
    Fault.WILL: _("The customer's will was not heeded"),
    Fault.SECRECY: _("Secrecy was not kept"),
    Fault.PROBLEM: _("What the customer complained of was not followed up"),
    Fault.OTHER: _("Something else"),
}

ORIGINS = {
    Origin.CASE: _("After a case"),
    Origin.PROJECT: _("Project"),
    Origin.CAMPAIGN: _("Campaign"),
    Origin.NEW_CUSTOMER: _("New customer"),
    Origin.RATING: _("After a rating"),
    Origin.BY_HAND: _("Planned by hand"),
}

#: The figures of a month, as tables show them.
COUNTS = (
    ("planned", _("To be made")),
    ("made", _("Gave answers")),
    ("refused", _("Refused to be asked")),
    ("not_reached", _("Not reached")),
    ("wrong_number", _("Wrong number")),
    ("open", _("Not made yet")),
    ("late", _("Late")),
    ("satisfied", _("Satisfied")),
    ("so_so", _("So-so")),
    ("not_satisfied", _("Not satisfied")),
    ("too_long", _("Too long")),
    ("cases", _("Led to a case")),
)
