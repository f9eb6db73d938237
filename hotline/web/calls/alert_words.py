"""What the screens say of alerts of calls."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.calls.alert_kinds import FOLD_FAILED, LEGS_LEFT_OVER
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    LEGS_LEFT_OVER: AlertWords(
        Label(_("Phones were left in a call that is over, and were ended"), "warn"),
        _("Nothing: they were ended. The call’s log tells why. Then press “Seen to”."),
        seen_to=True,
    ),
    FOLD_FAILED: AlertWords(
        Label(_("A call is missing in the ledger"), "bad"),
        _("Send the line of var/log/listener.log to whoever looks after the program; then press “Seen to”."),
        seen_to=True,
    ),
}
