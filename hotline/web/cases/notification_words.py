"""What is said of cases to whoever is responsible for them."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords

WORDS = {"case_given": NotificationWords(_("Cases given"), _("Case %(case)s is yours now"))}
