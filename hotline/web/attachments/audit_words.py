"""What the audit log says of attachments."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "attachment.add": _("File attached"),
        "attachment.download": _("Attached file downloaded"),
        "attachment.remove": _("Attached file removed"),
    },
    title=_("Attachments"),
)
