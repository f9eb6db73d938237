"""What is said of notifications, and of what became of them on their way."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "notifications.demanded": _("A rule demands that you are told of this: it cannot be switched off (%(kind)s)."),
    "notifications.gateway_paused": _(
        "It failed %(failures)s times one after another and is tried again at %(until_at)s: %(why)s"
    ),
    "notifications.gateway_said": _("The gateway did not take it: %(said)s (code %(code)s)."),
    "notifications.http_status": _("The gateway answered with status %(status)s."),
    "notifications.lost": _(
        "The program ended while it was on its way: look whether it arrived before you send it again."
    ),
    "notifications.mail_said": _("The mail server did not take it: %(said)s (code %(code)s)."),
    "notifications.mail_sign_in": _("The mail server refused the user or the password (code %(code)s)."),
    "notifications.no_address": _("There is no address any more, or it is none that we can read."),
    "notifications.no_answer": _("Whether it was taken is not known, since no answer came: %(why)s"),
    "notifications.no_delivery": _("Nothing was sent under the number %(id)s."),
    "notifications.no_kind": _("There are no notifications of the kind “%(kind)s”."),
    "notifications.no_mail_address": _("The mail address is none."),
    "notifications.no_mail_server": _("No mail server is set."),
    "notifications.no_person": _("This account belongs to no person, so that nobody is told."),
    "notifications.no_receiver": _("Choose a person or a group."),
    "notifications.no_robot": _(
        "This is no address of a robot of WeCom, DingTalk or Feishu: copy the one that the group's robot shows."
    ),
    "notifications.no_way": _("You have no address %(id)s."),
    "notifications.none": _("You have no notification %(id)s."),
    "notifications.not_ended": _("It is still on its way, or was sent."),
    "notifications.not_reached": _("The server was not reached: %(why)s"),
    "notifications.not_theirs": _("An answer came that is none of this gateway; whether it was taken is not known."),
    "notifications.quiet_hours": _("Quiet hours need a beginning and an end, such as 22:00 and 07:30."),
    "notifications.too_many_ways": _("At most %(most)s addresses are possible."),
    "notifications.way_there": _("You have this address already."),
    "notifications.forgotten": _("Old notifications deleted: %(n)s"),
    "notifications.sent_on": _("Alerts told: %(told)s, notifications lost on their way: %(lost)s"),
}
