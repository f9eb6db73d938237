"""What the audit log says of script cards."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "card.change": _("Script card changed"),
        "card.create": _("Script card added"),
        "card.remove": _("Script card removed"),
    },
    title=_("Script cards"),
    kinds={"card": _("Script card")},
)
