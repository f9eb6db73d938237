"""What is said of requests to other people's servers."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "outgoing.address": _("An address like https://gateway.example.com/send was expected."),
    "outgoing.no_address": _("The other server's name has no address: %(why)s."),
    "outgoing.not_answered": _("The other server gave no whole answer: %(why)s."),
    "outgoing.not_connected": _("The other server cannot be reached: %(why)s."),
    "outgoing.private": _("The other server stands in a private network that the settings do not allow."),
}
