"""What people are told of the notice board."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords

WORDS = {
    "bulletin_posted": NotificationWords(_("New postings"), _("%(by)s posted: %(title)s")),
    "bulletin_unread": NotificationWords(
        _("Postings that you have not read"), _("You have not read in time: %(title)s")
    ),
    "bulletin_not_read_by_all": NotificationWords(
        _("Postings that not everybody has read"), _("%(count)s have not read in time: %(title)s")
    ),
}
