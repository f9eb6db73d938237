"""What the audit log says of links."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "link.make": _("Link made"),
        "link.open": _("Link opened"),
        "link.revoke": _("Link revoked"),
        "link.take_back": _("Link that could not be sent taken back"),
        "link.use": _("Done by a link"),
    },
    title=_("Links"),
)
