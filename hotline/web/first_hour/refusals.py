"""What is said of the first hour."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "first_hour.mobile_wanted": _("A mobile like 13800138000 was expected."),
    "first_hour.no_step": _("There is no step %(step)s."),
}
