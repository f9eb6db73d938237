"""What is said of cases to whoever has to do something for them."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords

WORDS = {
    "case_given": NotificationWords(_("Cases given"), _("Case %(case)s is yours now")),
    "case_customer_spoke": NotificationWords(
        _("The customer of a case wrote or asked"), _("The customer of case %(case)s wrote, answered or asked")
    ),
    "case_offered": NotificationWords(_("Cases offered"), _("Case %(case)s is offered to you: accept or decline it")),
    "case_assigned": NotificationWords(_("Cases for the department"), _("Case %(case)s awaits your answer")),
    "case_urged": NotificationWords(_("Cases urged"), _("Case %(case)s is urged")),
    "case_supervised": NotificationWords(_("Cases supervised"), _("Case %(case)s is under supervision")),
    "case_returned": NotificationWords(_("Cases returned"), _("Case %(case)s was returned: decide who answers it")),
    "case_to_approve": NotificationWords(_("Solutions to approve"), _("Case %(case)s awaits your approval")),
    "case_extension": NotificationWords(_("Extensions asked for"), _("An extension is asked for case %(case)s")),
    "case_extended": NotificationWords(_("Extensions granted"), _("The extension asked for case %(case)s is granted")),
    "case_not_extended": NotificationWords(
        _("Extensions refused"), _("The extension asked for case %(case)s is refused: the reason stands with it")
    ),
    "case_dispute": NotificationWords(_("Disputes of departments"), _("Case %(case)s awaits your ruling")),
    "case_grave": NotificationWords(_("Grave cases"), _("Case %(case)s is grave")),
    "case_escalated": NotificationWords(_("Cases that went up"), _("Case %(case)s is over its time")),
}
