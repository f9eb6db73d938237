"""What is said of visits."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "visits.case_opened": _("A case was opened from this visit already."),
    "visits.changed": _("Somebody has changed this visit meanwhile. What you typed is still there."),
    "visits.closed": _("This visit is over."),
    "visits.ending": _("Please say what came of it."),
    "visits.given_to_interested": _("This person had to do with it and may not make the visit (E5)."),
    "visits.interested": _("You had to do with this, so somebody else makes the visit (E5)."),
    "visits.made_by": _("Whoever has this visit makes it."),
    "visits.makes_none": _("This person makes no visits."),
    "visits.no_mobile": _("Text messages reach mobiles of mainland China alone."),
    "visits.no_number": _("There is no number to call."),
    "visits.no_visit": _("There is no such visit."),
    "visits.nobody_left": _("Everybody who could make visit %(visit)s had to do with it, or is away (E5)."),
    "visits.none_of_case": _("This case has no visit."),
    "visits.not_by_phone": _("This customer is visited by another way, not by phone (E3)."),
    "visits.not_yours": _("This visit is not yours."),
    "visits.number": _("Whoever makes the visit sees its number."),
    "visits.overdue": _("%(count)s visits open, the earliest due %(earliest_at)s"),
    "visits.taken_already": _("Somebody has this visit already."),
    "visits.wrong_answers": _("Some questions are not answered as they must be."),
    "visits.asked_again": _("Customers to be asked once more: %(n)s"),
    "visits.assigned": _("Visits assigned: %(n)s"),
}
