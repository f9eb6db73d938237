"""What is said of adherence."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "adherence.decided_already": _("It is decided already."),
    "adherence.explanation": _("An explanation of at most %(most)s characters was expected."),
    "adherence.none": _("There is no such late start."),
    "adherence.not_yours": _("Only who it is of explains it."),
    "adherence.own": _("Nobody decides on their own."),
    "adherence.time": _("At most a quarter was expected."),
    "adherence.found": _("Late starts and empty shifts found: %(n)s"),
}
