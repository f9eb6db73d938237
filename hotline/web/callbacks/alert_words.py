"""What is said of the alerts of callbacks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.callbacks.alert_kinds import CALLBACKS
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    CALLBACKS: AlertWords(
        Label(_("Callbacks are overdue (A9)"), "bad"), _("Take a callback, call, and close it."), page="callbacks.index"
    )
}
