"""What the audit log says of the directory and its messages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "directory.change": _("Directory changed"),
        "directory.create": _("Added to the directory"),
        "directory.export": _("Directory exported"),
        "directory.import": _("Directory imported"),
        "directory.remove": _("Removed from the directory"),
        "message.leave": _("Message left"),
        "message.pass_on": _("Message passed on"),
        "messages.view": _("Messages looked at"),
    },
    title=_("Directory"),
    kinds={"directory": _("Directory"), "message": _("Message"), "messages": _("Messages")},
)
