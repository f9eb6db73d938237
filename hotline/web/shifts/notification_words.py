"""What people are told of shifts, leave and swaps, and where it leads."""

from __future__ import annotations

from flask import url_for

from hotline.domain.notifications.notification import Notification
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import NotificationWords


def _own(_told: Notification) -> str:
    return url_for("own_shifts.index")


def _requests(_told: Notification) -> str:
    return url_for("shift_requests.index")


WORDS = {
    "shifts_published": NotificationWords(
        _("Shifts published"), _("%(count)s shifts of yours are published, %(since_day)s to %(until_day)s"), page=_own
    ),
    "shift_added": NotificationWords(
        _("Shifts added after publishing"), _("You have a new shift: %(from_at)s to %(until_at)s"), page=_own
    ),
    "shift_changed": NotificationWords(
        _("Shifts changed after publishing"),
        _("Your shift of %(was_from_at)s is now %(from_at)s to %(until_at)s"),
        page=_own,
    ),
    "shift_taken_away": NotificationWords(
        _("Shifts taken away after publishing"),
        _("Your shift of %(from_at)s to %(until_at)s is not yours any more"),
        page=_own,
    ),
    "shifts_open": NotificationWords(
        _("Shifts that nobody has"),
        _("%(whose)s is on leave: %(count)s shifts from %(from_at)s on have nobody, give them to somebody"),
        page=_requests,
    ),
    "leave_asked": NotificationWords(
        _("Leave to be decided"), _("%(by)s asks for leave: %(from_at)s to %(until_at)s"), page=_requests
    ),
    "leave_accepted": NotificationWords(
        _("Leave granted"), _("%(by)s granted your leave: %(from_at)s to %(until_at)s"), page=_own
    ),
    "leave_refused": NotificationWords(
        _("Leave refused"), _("%(by)s refused your leave: %(from_at)s to %(until_at)s"), page=_own
    ),
    "swap_asked": NotificationWords(
        _("Swaps asked for"), _("%(by)s wants to swap the shift of %(from_at)s with you"), page=_own
    ),
    "swap_to_approve": NotificationWords(
        _("Swaps to be approved"), _("%(by)s accepted a swap of the shift of %(from_at)s: approve it"), page=_requests
    ),
    "swap_done": NotificationWords(_("Shifts swapped"), _("The shift of %(from_at)s is swapped"), page=_own),
    "swap_refused": NotificationWords(_("Swaps refused"), _("%(by)s refused the swap of %(from_at)s"), page=_own),
    "swap_withdrawn": NotificationWords(
        _("Swaps withdrawn"), _("%(by)s no longer wants to swap the shift of %(from_at)s"), page=_own
    ),
    "swap_lapsed": NotificationWords(
        _("Swaps lapsed"), _("The swap of the shift of %(from_at)s has lapsed: shifts are as planned"), page=_own
    ),
}
