"""What the screens say of alerts of notifications."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.notifications.alert_kinds import GATEWAY_PAUSED
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    GATEWAY_PAUSED: AlertWords(
        Label(_("Notifications do not go out"), "bad"),
        _("See why deliveries fail. It ends with the first that arrives."),
    )
}
