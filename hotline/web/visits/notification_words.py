"""What is said of visits to whoever has to do something for them."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords

WORDS = {
    "visit_given": NotificationWords(_("Visits given"), _("A return visit is yours to make, due %(due_at)s")),
    "visit_tried_out": NotificationWords(
        _("Visits tried in vain"), _("A return visit was tried %(count)s times in vain: decide what becomes of it")
    ),
}
