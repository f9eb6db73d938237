"""What is said of checks of visits."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "visit_checks.compliant_has_none": _("A visit that was as it should be has no faults."),
    "visit_checks.judged": _("This visit was judged before."),
    "visit_checks.no_check": _("There is no check %(id)s."),
    "visit_checks.no_draw": _("There is no draw %(id)s."),
    "visit_checks.no_extension": _(
        "Whoever made this visit has no extension any more: a corrective action goes to one."
    ),
    "visit_checks.nothing_to_draw": _("No visit of this month is left to be drawn."),
    "visit_checks.nothing_to_mend": _("Only what was found not to be as it should be is ordered to be mended."),
    "visit_checks.ordered": _("A corrective action was issued before."),
    "visit_checks.other_in_words": _("Please say in words what else it is."),
    "visit_checks.own": _("Nobody judges their own visits."),
    "visit_checks.per_visitor": _("A number from 1 to %(most)s was expected."),
    "visit_checks.too_long": _("This is too long: at most %(most)s characters."),
    "visit_checks.which_fault": _("Please say what was not as it should be."),
}
