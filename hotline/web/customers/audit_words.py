"""What the audit log says of customers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "customer.change": _("Customer changed"),
        "customer.create": _("Customer added"),
        "customer.split": _("Customer split"),
        "customer.view": _("Customer looked at"),
        "customers.export": _("Customers exported"),
        "customers.import": _("Customers imported"),
        "customers.search": _("Customers searched"),
    },
    title=_("Customers"),
    kinds={"customer": _("Customer"), "customers": _("Customers")},
)
