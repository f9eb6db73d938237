"""What people are told of hand-overs."""

from __future__ import annotations

from hotline.domain.notifications.notification import Notification
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords


def _page(told: Notification) -> str:
    """Everybody's own page; who only leads finds the list from there."""
    return "/handover"


def _list(told: Notification) -> str:
    """Whoever has to hand over goes to their own page from it."""
    return "/handover/all" if told.object != f"missing_handover:{told.person_id}" else "/handover"


WORDS = {
    "shift_handed_over": NotificationWords(
        _("Shifts handed over to you"), _("%(by)s hands over a shift with %(count)s open matters"), page=_page
    ),
    "handover_accepted": NotificationWords(
        _("Your hand-overs accepted"), _("%(by)s has read and accepted your hand-over"), page=_page
    ),
    "handover_missing": NotificationWords(
        _("Hand-overs that are missing"),
        _("The shift of %(who)s ended at %(ended_at)s and was not handed over"),
        page=_list,
    ),
    "handover_not_accepted": NotificationWords(
        _("Hand-overs that nobody has accepted"),
        _("What %(who)s handed over at %(ended_at)s nobody has accepted yet"),
        page=_list,
    ),
}
