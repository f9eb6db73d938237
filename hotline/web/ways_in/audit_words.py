"""What the audit log says of those who are turned away."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(actions={"strangers.lift": _("Shut-out address let in again")})
