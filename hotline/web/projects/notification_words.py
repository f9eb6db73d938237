"""What people are told of projects."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords

WORDS = {
    "inspection_due": NotificationWords(
        _("Inspections and surveys of projects"),
        _("An inspection or survey of a project of yours is due on %(due_on)s"),
    )
}
