"""Where people work a rule that the system alone cannot keep (kind W), and where what the system does of one is seen:
the form, list or report."""

from __future__ import annotations

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.web.kit.shown import may_visit

#: Pages without arguments, by endpoint, as the menu calls them.
_PAGES: dict[str, LazyString] = {
    "roster.index": _("Duty roster"),
    "directory.index": _("Directory"),
    "blocklist.index": _("Blocked callers"),
    "block_requests.index": _("Requests to block"),
    "forms.index": _("Log forms"),
    "case_lists.index": _("Cases"),
    "case_opening.new": _("Open a case"),
    "case_month.index": _("Cases of a month"),
    "cards.index": _("Script cards"),
    "score_forms.index": _("Score forms"),
    "samples.index": _("Sampling"),
    "visit_checks.index": _("Checks of visits"),
    "improvement.rectifications": _("Corrective actions"),
    "supervision.index": _("Report on service and supervision"),
    "quality.examinations": _("Examinations"),
    "shifts.index": _("Shift plan"),
    "own_shifts.index": _("My shifts"),
    "handover.index": _("Shift hand-over"),
    "examples.index": _("Examples"),
    "trainings.index": _("Trainings"),
    "bulletins.index": _("Notice board"),
    "hiring.hire": _("Hire an operator"),
    "privacy.index": _("Requests of persons"),
    "breaches.index": _("Register of breaches"),
    "call_details.index": _("My call details"),
    "scheduled_reports.index": _("Reports made"),
    "work_summaries.index": _("Work summaries"),
    "appraisal.index": _("Appraisal"),
    "dashboards.index": _("Dashboard"),
    "audit.index": _("Audit log"),
}

#: Endpoints by the rule's id.
WORKED_AT: dict[str, tuple[str, ...]] = {
    "A2": ("roster.index",),
    "A6": ("directory.index",),
    "A15": ("blocklist.index", "block_requests.index"),
    "B4": ("scheduled_reports.index",),
    "B9": ("forms.index", "case_lists.index"),
    "C9": ("cards.index",),
    "C10": ("cards.index",),
    "C11": ("cards.index", "score_forms.index"),
    "D6": ("case_lists.index", "case_month.index"),
    "D9": ("case_opening.new", "case_lists.index"),
    "E6": ("samples.index", "visit_checks.index", "improvement.rectifications"),
    "F1": ("scheduled_reports.index", "work_summaries.index"),
    "F2": ("scheduled_reports.index", "call_details.index"),
    "F3": ("appraisal.index",),
    "F4": ("breaches.index",),
    "F5": ("supervision.index", "quality.examinations"),
    "F6": ("shifts.index", "own_shifts.index", "handover.index"),
    "F7": ("appraisal.index", "dashboards.index"),
    "F8": ("audit.index",),
    "F9": ("cards.index", "examples.index"),
    "F11": ("trainings.index", "bulletins.index"),
    "F12": ("breaches.index", "scheduled_reports.index", "call_details.index", "hiring.hire"),
    "G3": ("privacy.index",),
}


def worked_at(rule: str) -> list[tuple[str, LazyString]]:
    """Address and name of each that the reader may visit."""
    return [(url_for(each), _PAGES[each]) for each in WORKED_AT.get(rule, ()) if may_visit(each)]
