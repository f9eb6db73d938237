"""What the audit log says of visits by a link."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={"visit_link.view": _("Ways to send the link of a visit looked at")}, title=_("Return visits")
)
