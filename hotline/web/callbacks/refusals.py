"""What is said of callbacks."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "callbacks.figures_time": _("A time of at most a year was expected, its end behind its begin."),
    "callbacks.no_figure": _("There is no such figure."),
    "callbacks.no_line": _("There is no such line."),
    "callbacks.no_number": _("There is no number to call."),
    "callbacks.outcome": _("Please say what came of it."),
    "callbacks.overdue": _("%(count)s callbacks open, the earliest due %(earliest_at)s"),
    "callbacks.takes_none": _("This person takes no callbacks."),
    "callbacks.handed_back": _("Callbacks given back to everybody: %(n)s"),
}
