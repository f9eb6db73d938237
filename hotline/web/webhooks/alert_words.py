"""What the screens say of alerts of web hooks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.webhooks.alert_kinds import WEBHOOK_OFF
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    WEBHOOK_OFF: AlertWords(
        Label(_("A web hook was switched off"), "warn"),
        _("Mend its address, then switch it on again."),
        page="webhooks.index",
    )
}
