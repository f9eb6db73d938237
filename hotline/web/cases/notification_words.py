"""What is said of cases to whoever is responsible for them."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords

WORDS = {
    "case_given": NotificationWords(_("Cases given"), _("Case %(case)s is yours now")),
    "case_customer_spoke": NotificationWords(
        _("The customer of a case wrote or asked"), _("The customer of case %(case)s wrote, answered or asked")
    ),
    "case_for_department": NotificationWords(
        _("Cases for the department"), _("Case %(case)s is with your department: please answer it")
    ),
}
