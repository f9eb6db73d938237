"""What is said of links."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "links.no_public_url": _("No link can be made while [web] public_url is not set."),
    "links.over": _("This link does not let you in any more."),
    "links.deleted": _("Links deleted that ended long ago: %(n)s"),
}
