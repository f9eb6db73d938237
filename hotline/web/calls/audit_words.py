"""What the audit log says of the ledger of calls."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "call.view": _("Call looked at"),
        "calls.export": _("Calls exported"),
        "ledger.search": _("Calls searched by number"),
    },
    objects={"call": ObjectPage("call.show", "call_id")},
    title=_("Calls"),
    kinds={"call": _("Call"), "calls": _("Calls"), "caller": _("Caller")},
)
