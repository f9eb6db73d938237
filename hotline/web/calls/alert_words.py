"""What the screens say of alerts of calls."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.calls.alert_kinds import FOLD_FAILED, LEGS_LEFT_OVER
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    LEGS_LEFT_OVER: AlertWords(
        Label(_("Phones were left in a call that is over, and were ended"), "warn"),
        _("Nothing: they were ended. Look into var/asterisk/log/messages for the reason, then hotline alerts clear."),
    ),
    FOLD_FAILED: AlertWords(
        Label(_("A call is missing in the ledger"), "bad"),
        _("Send us the line of var/log/listener.log; then hotline alerts clear."),
    ),
}
