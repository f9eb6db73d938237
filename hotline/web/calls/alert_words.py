"""What the screens say of alerts of calls."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.calls.alert_kinds import LEGS_LEFT_OVER
from hotline.web.kit.alerted import AlertWords
from hotline.web.kit.labels import Label

WORDS = {
    LEGS_LEFT_OVER: AlertWords(
        Label(_("Phones were left in a call that is over, and were ended"), "warn"), _("%(legs)s, call %(linkedid)s")
    )
}
