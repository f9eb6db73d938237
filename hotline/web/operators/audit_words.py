"""What the audit log says of what operators do in a call."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "call.pop": _("Caller shown to the operator"),
        "call.transfer": _("Call passed on"),
        "hand.lower": _("Hand put down"),
        "hand.raise": _("Hand raised: help asked for in a call"),
    },
    title=_("Console"),
)
