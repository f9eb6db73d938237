"""What the screens say of alerts of the floor."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.floor.alert_kinds import NOBODY_READY, QUEUE_LONG, SERVICE_LEVEL_LOW, WAIT_LONG
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    QUEUE_LONG: AlertWords(Label(_("Too many callers wait"), "bad"), page="floor.index"),
    WAIT_LONG: AlertWords(Label(_("A caller waits too long"), "bad"), page="floor.index"),
    NOBODY_READY: AlertWords(Label(_("No operator is ready"), "bad"), page="floor.index"),
    SERVICE_LEVEL_LOW: AlertWords(Label(_("The service level is low"), "warn"), page="floor.index"),
}
