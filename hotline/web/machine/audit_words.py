"""What the audit log says of speech models."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={"model.install": _("Speech model installed"), "model.remove": _("Speech model removed")},
    title=_("Disks and models"),
    kinds={"model": _("Speech model")},
)
