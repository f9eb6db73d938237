"""What people are told of late starts and empty shifts."""

from __future__ import annotations

from hotline.domain.notifications.notification import Notification
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords


def _page(told: Notification) -> str:
    return "/adherence"


WORDS = {
    "missed_start": NotificationWords(
        _("Late starts of yours"),
        _("You were not signed in when your shift began at %(starts_at)s; please explain"),
        page=_page,
    ),
    "shift_is_empty": NotificationWords(
        _("Shifts that are empty"), _("%(who)s has not come to the shift of %(starts_at)s"), page=_page
    ),
    "explanation_decided": NotificationWords(
        _("Explanations decided"), _("%(by)s decided on your explanation of %(starts_at)s"), page=_page
    ),
}
