"""What is said of the line to whoever has to see to it."""

from __future__ import annotations

from hotline.domain.notifications.notification import Notification
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords


def _page(told: Notification) -> str:
    return "/roster#mobiles"


WORDS = {
    "mobile_lost": NotificationWords(
        _("Duty mobiles that are lost"), _("The duty mobile of %(who)s is lost and rung no more"), page=_page
    )
}
