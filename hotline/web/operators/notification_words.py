"""What is said of the kinds of notifications about operators."""

from __future__ import annotations

from flask import url_for

from hotline.domain.notifications.notification import Notification
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords


def _floor(_told: Notification) -> str:
    return url_for("floor.index")


WORDS = {
    "hand_raised": NotificationWords(
        _("Raised hands"), _("%(operator)s raises the hand in a call and asks for help"), page=_floor
    )
}
