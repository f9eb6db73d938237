"""What people are told of breaches."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords

WORDS = {
    "breach_declared": NotificationWords(
        _("Breaches of yours"), _("%(by)s declared a breach of yours of %(at)s; you may say your word")
    ),
    "breach_withdrawn": NotificationWords(_("Breaches that were withdrawn"), _("%(by)s withdrew the breach of %(at)s")),
}
