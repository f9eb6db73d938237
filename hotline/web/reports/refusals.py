"""What is said of figures that cannot be given."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "reports.names": _("Please ask for 1 to %(most)s figures."),
    "reports.each": _("%(n)s reports of yours are being counted already. Please wait for one of them."),
    "reports.no_axis": _("The figure %(figure)s cannot be split or narrowed by %(axis)s."),
    "reports.no_figure": _("There is no figure %(name)s."),
    "reports.no_report": _("There is no report %(name)s."),
    "reports.no_turn": _("Others' reports went first for %(seconds)s s. Please ask again in a moment."),
    "reports.of_nobody": _("The figure %(figure)s is nobody's own: only supervisors see it."),
    "reports.time": _("The time must end after it begins, and last ten years at most."),
    "reports.too_many": _("%(n)s reports are being counted or wait already. Please ask again in a moment."),
    "reports.days_summed": _("Days summed up: %(n)s"),
    "reports.views_made": _("Views made: %(n)s"),
}
