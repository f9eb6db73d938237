"""What the audit log says of deadlines."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={"deadlines.recompute": _("Deadlines counted anew"), "deadlines.view": _("Deadlines that moved looked at")},
    title=_("Deadlines"),
    kinds={"deadlines": _("Deadlines")},
)
