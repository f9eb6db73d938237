"""What the audit log says of settings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "settings.change": _("Setting decided"),
        "settings.withdraw": _("Planned setting taken back"),
        "settings.export": _("Settings exported"),
        "settings.ask": _("Setting asked for"),
        "settings.agree": _("Setting agreed to by a second person"),
        "settings.refuse": _("Setting refused or taken back"),
    },
    title=_("Settings"),
    kinds={"setting": _("Setting")},
)
