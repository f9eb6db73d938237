"""What is said of other programs and servers that cannot be reached."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "unreachable.broken_off": _("the answer was too long, or broken off"),
    "unreachable.closed": _("the connection was closed"),
    "unreachable.no_name": _("this name has no address"),
    "unreachable.no_way": _("no way through the network leads there"),
    "unreachable.refused": _("nothing listens there"),
    "unreachable.timeout": _("no answer came in time"),
    "unreachable.tls": _("the encryption could not be agreed: %(why)s"),
}
