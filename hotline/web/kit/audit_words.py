"""What the audit log says of what belongs to no one feature."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(actions={"alert.clear": _("Alert closed")})
