"""What people are told of how they sign in."""

from __future__ import annotations

from hotline.domain.notifications.notification import Notification
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords


def _page(told: Notification) -> str:
    return "/my-second-factor"


WORDS = {
    "second_factor_reset": NotificationWords(
        _("Your second step was taken away"),
        _("%(by)s took your second step at signing in away; set it up anew, and ask them if you did not want it"),
        page=_page,
    )
}
