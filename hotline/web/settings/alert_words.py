"""What the screens say of alerts of settings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.settings.alert_kinds import SETTING_IN_FILE, SETTING_LEFT_OUT
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    SETTING_LEFT_OUT: AlertWords(
        Label(_("A decided setting does not fit any more"), "bad"),
        _("Decide anew on the page of settings, or mend the settings file."),
        page="settings.index",
    ),
    SETTING_IN_FILE: AlertWords(
        Label(_("A setting was changed in the file, and another value is decided"), "warn"),
        _("Both values stand on the page of settings, with a button for each: choose which holds."),
        page="settings.index",
    ),
}
