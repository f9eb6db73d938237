"""What the audit log says of dials."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(actions={"dial": _("Number dialled")})
