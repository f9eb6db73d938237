"""What the audit log says of the notice board."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "bulletin.post": _("Posting put on the notice board"),
        "bulletin.read": _("Posting read"),
        "bulletin.view": _("Posting looked at"),
        "bulletin.withdraw": _("Posting withdrawn"),
        "bulletins.view": _("Notice board looked at"),
    },
    objects={"bulletin": ObjectPage("bulletins.show", "bulletin_id")},
    title=_("Notice board"),
    kinds={"bulletin": _("Posting"), "bulletins": _("Notice board")},
)
