"""What is said of deadlines."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "deadlines.no_deadline": _("%(id)s has no clock “%(clock)s”."),
    "deadlines.swept": _("Deadlines moved: %(moved)s, near: %(near)s, over: %(over)s"),
}
