"""What is said of verdicts."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "verdicts.contest_decided": _("It is decided already."),
    "verdicts.contest_late": _("A verdict may be contested for %(days)s days."),
    "verdicts.contest_own": _("Only who a verdict is about contests it."),
    "verdicts.contest_reason": _("A reason of at most %(most)s characters was expected."),
    "verdicts.contest_there": _("It is contested already."),
    "verdicts.decide_own": _("Nobody decides on their own verdict."),
    "verdicts.no_contest": _("There is no such contest."),
    "verdicts.no_days": _("The first day must come before the last one."),
    "verdicts.no_draft": _("A draft changes at least one figure."),
    "verdicts.no_rule": _("There is no rule %(rule)s."),
    "verdicts.no_verdict": _("There is no such verdict."),
    "verdicts.not_yours": _("Verdicts on others are not yours to see."),
    "verdicts.not_broken": _("Only a breach can be contested."),
    "verdicts.replaced": _("Another verdict has taken its place."),
    "verdicts.window": _("At most %(days)s days were expected."),
    "verdicts.made": _("Verdicts made: %(n)s"),
}
