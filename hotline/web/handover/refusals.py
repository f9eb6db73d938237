"""What is said of hand-overs."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "handover.accepted_already": _("Somebody else has accepted it already."),
    "handover.none": _("There is no such hand-over."),
    "handover.not_for_you": _("This hand-over is not yours to accept."),
    "handover.number_in_words": _("Please leave telephone numbers out: each matter has its page, which shows them."),
    "handover.time": _("At most a year was expected."),
    "handover.to_oneself": _("Nobody hands over to themselves."),
    "handover.too_long": _("At most %(most)s characters were expected."),
    "handover.unknown_taker": _("Somebody who works here was expected."),
    "handover.words": _("Something is open: please write what the next one has to know."),
    "handover.told_missing": _("People told of missing hand-overs: %(n)s"),
}
