"""What the audit log says of adherence."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "adherence.view": _("Adherence looked at"),
        "missed_start.decide": _("Explanation of a missed start decided"),
        "missed_start.explain": _("Missed start explained"),
    },
    title=_("Adherence"),
    kinds={"adherence": _("Adherence"), "missed_start": _("Late start or empty shift")},
)
