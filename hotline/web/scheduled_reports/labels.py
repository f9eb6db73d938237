"""The words for what scheduled reports name by codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.scheduled_reports.report import DetailsAnswer, RecipientState
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.scheduled_reports.summary import SummarySpan
from hotline.web.kit.labels import Label

#: Which rule asks for it.
RULES = {
    ReportKind.DAILY: "B4",
    ReportKind.WEEKLY: "F1",
    ReportKind.PERSON_WEEK: "F1",
    ReportKind.MONTHLY: "F1",
    ReportKind.CALL_DETAILS: "F2",
    ReportKind.PROBLEMS: "F10",
}

ANSWERS = {DetailsAnswer.CONFIRMED: Label(_("confirmed"), "ok"), DetailsAnswer.OBJECTED: Label(_("objected to"), "bad")}

RECIPIENTS = {
    RecipientState.TOLD: Label(_("told"), "ok"),
    RecipientState.FOREIGN: Label(_("mail domain not allowed"), "bad"),
}

SPANS = {SummarySpan.DAY: _("Day"), SummarySpan.WEEK: _("Week"), SummarySpan.MONTH: _("Month")}

ROLES = {
    "operator": _("Operators"),
    "leader": _("Everybody with the role of leader"),
    "examiner": _("Examiners"),
    "auditor": _("Auditors"),
    "supervisor": _("Supervisors"),
    "administrator": _("Administrators"),
    "leaders": _("Who leads a team or department"),
}
