"""What is said of the directory and its messages."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "directory.changed_meanwhile": _(
        "Somebody else was faster: this entry has changed in the meantime. Look at it again."
    ),
    "directory.has_messages": _("Messages for %(person)s are still to be passed on."),
    "directory.mail": _("An address like name@example.com was expected."),
    "directory.message_of_own_call": _("Messages are left with a call of one's own."),
    "directory.message_text": _("Please write the message, in at most %(most)s characters."),
    "directory.name": _("Please write the name, in at most %(most)s characters."),
    "directory.no_message": _("There is no message %(id)s that is still to be passed on."),
    "directory.no_person": _("There is nobody with the number %(id)s in the directory."),
    "directory.has_left": _("%(person)s is not with us any more and takes no calls."),
    "directory.takes_no_calls": _("%(person)s takes no calls at the moment."),
    "directory.too_long": _("This is too long: at most %(most)s characters."),
    "directory.too_many": _("At most %(most)s entries of at most %(longest)s characters each were expected."),
    "directory.told_asterisk": _("Numbers of the directory told to Asterisk: %(n)s"),
}
