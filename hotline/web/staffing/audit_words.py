"""What the audit log says of staffing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "staffing.count_again": _("Day counts again for the forecast"),
        "staffing.leave_out": _("Day left out of the forecast"),
        "staffing.propose": _("Plan proposed"),
        "staffing.view": _("Staffing looked at"),
        "staffing.volumes": _("Volumes typed in for the forecast"),
    },
    title=_("Staffing"),
    kinds={"staffing": _("Staffing")},
)
