"""What the audit log says of whose customer each one is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={"customer.give": _("Customer given to somebody"), "owners.view": _("Whose customers looked at")},
    title=_("Customers"),
    kinds={"owners": _("Whose customers")},
)
