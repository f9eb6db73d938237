"""What people are told of approvals to dial."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords

WORDS = {
    "dial_approval_asked": NotificationWords(
        _("Approvals to dial to be decided"), _("%(by)s asks for an approval to dial")
    ),
    "dial_approval_granted": NotificationWords(
        _("Approvals to dial granted"), _("%(by)s granted your approval to dial: it is good for one call")
    ),
    "dial_approval_refused": NotificationWords(
        _("Approvals to dial refused"), _("%(by)s refused your approval to dial")
    ),
}
