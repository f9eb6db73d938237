"""What the screens say of alerts of what callers hear."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.prompts.alert_kinds import EMERGENCY_LASTS, VOICE_FAILS
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    EMERGENCY_LASTS: AlertWords(
        Label(_("An emergency announcement has stood for long"), "warn"),
        _("Ask whether callers still have to hear it, and end it if not."),
        page="emergency.index",
    ),
    VOICE_FAILS: AlertWords(
        Label(_("A voice fails; espeak-ng speaks in its place"), "warn"),
        _("Try it on the page of voices; install it again, or use another one."),
        page="voices.index",
    ),
}
