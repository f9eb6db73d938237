"""What the audit log says of checks of visits."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "visit.check": _("Visit checked"),
        "visit_draw.make": _("Visits drawn to be checked"),
        "visit_draw.view": _("Draw of visits looked at"),
        "visit_draws.view": _("Draws of visits looked at"),
        "visit_month.view": _("Month of visits looked at"),
        "visit_report.view": _("Report of visits looked at"),
        "visit_report.export": _("Report of visits exported"),
    },
    objects={"visit_draw": ObjectPage("visit_checks.show", "draw_id")},
    title=_("Return visits"),
    kinds={"visit_draw": _("Draw of visits"), "visit_draws": _("Draws of visits"), "visit_month": _("Month of visits")},
)
