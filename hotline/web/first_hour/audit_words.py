"""What the audit log says of the first hour."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "first_hour.again": _("Step of the first hour taken up again"),
        "first_hour.call_out": _("Test call to a mobile"),
        "first_hour.skip": _("Step of the first hour left out"),
    },
    title=_("First hour"),
    kinds={"first_hour": _("First hour"), "trunk": _("Carrier")},
)
