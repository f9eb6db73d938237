"""What the audit log says of backups."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "backup.ask": _("Backup asked for"),
        "backup.ask_drill": _("Trial of a backup asked for"),
        "backup.ask_restore": _("Restore of a backup asked for"),
        "backup.drill": _("Backup tried out"),
        "backup.fetch": _("Backup fetched"),
        "backup.make": _("Backup made"),
        "backup.restore": _("Database brought back to a backup"),
        "backup.upload": _("Backup uploaded"),
        "backups.view": _("Backups looked at"),
    },
    title=_("Backups"),
    kinds={"backup": _("Backup"), "backups": _("Backups")},
)
