"""What the audit log says of the search in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(actions={"search": _("Words looked for")}, title=_("Search"))
