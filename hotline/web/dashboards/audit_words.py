"""What the audit log says of dashboards."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={"dashboard.drop": _("Dashboard set back"), "dashboard.keep": _("Dashboard chosen")},
    objects={},
    title=_("Dashboards"),
    kinds={"dashboard": _("Dashboard")},
)
