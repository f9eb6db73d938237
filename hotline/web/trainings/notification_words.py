"""What people are told of trainings."""

from __future__ import annotations

from hotline.domain.notifications.notification import Notification
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords


def _own_page(told: Notification) -> str:
    """Whoever it is about sees their own results, not the training's page."""
    return "/trainings"


WORDS = {
    "training_runs_out": NotificationWords(
        _("Trainings that run out"), _("%(title)s counts until %(until_at)s; take it again before"), page=_own_page
    )
}
