"""What the audit log says of breaches."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "breach.answer": _("Word on a breach said"),
        "breach.declare": _("Breach declared"),
        "breach.withdraw": _("Breach withdrawn"),
        "breaches.export": _("Register of breaches exported"),
        "breaches.view": _("Register of breaches looked at"),
    },
    title=_("Register of breaches"),
    kinds={"breach": _("Breach"), "breaches": _("Register of breaches")},
)
