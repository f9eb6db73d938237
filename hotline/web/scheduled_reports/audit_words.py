"""What the audit log says of scheduled reports."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "details.confirmed": _("Call details confirmed"),
        "details.decide": _("Objection to call details answered"),
        "details.objected": _("Call details objected to"),
        "report.choices": _("Schedule of reports looked at"),
        "report.download": _("Report taken along"),
        "report.make": _("Report made"),
        "report.resend": _("Report sent again"),
        "report.view": _("Report looked at"),
        "summary.reply": _("Work summary replied to"),
        "summary.view": _("Work summaries looked at"),
        "summary.write": _("Work summary written"),
    },
    objects={"report": ObjectPage("scheduled_reports.show", "report_id")},
    title=_("Scheduled reports"),
    kinds={
        "report": _("Report"),
        "report_kind": _("Kind of report"),
        "report_choices": _("Schedule of reports"),
        "summaries": _("Work summaries"),
        "summary": _("Work summary"),
    },
)
