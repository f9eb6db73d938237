"""What the audit log says of what is measured, and of score forms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "call.quality": _("What was measured of the call looked at"),
        "score_form.activate": _("Score form made the active one"),
        "score_form.create": _("Score form added"),
    },
    title=_("Quality"),
    kinds={"score_form": _("Score form")},
)
