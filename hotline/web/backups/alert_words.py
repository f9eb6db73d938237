"""What the screens say of alerts of backups."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.backups.alert_kinds import BACKUP_FAILED, BACKUP_OLD, BACKUP_ROOM
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    BACKUP_FAILED: AlertWords(
        Label(_("A backup failed"), "bad"),
        _("See why, and make one by hand. The alert goes with the next that succeeds."),
        page="backups.index",
    ),
    BACKUP_OLD: AlertWords(
        Label(_("The newest backup is too old"), "bad"), _("Make one, and see why none was made."), page="backups.index"
    ),
    BACKUP_ROOM: AlertWords(
        Label(_("No room for the next backup"), "warn"),
        _("Make room, keep fewer backups, or name a folder on another disk."),
        page="backups.index",
    ),
}
