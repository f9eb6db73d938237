"""What the audit log says of the logs of a call."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(actions={"call.logs": _("Logs of a call read")})
