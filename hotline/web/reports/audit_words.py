"""What the audit log says of figures."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={"figures.view": _("Figures of persons looked at"), "figures.rows": _("Rows of a figure looked at")},
    objects={},
    title=_("Reports"),
    kinds={"figures": _("Figures")},
)
