"""What the screens say of alerts of the floor."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.floor.alert_kinds import NOBODY_READY, QUEUE_LONG, SERVICE_LEVEL_LOW, WAIT_LONG
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

_MORE_PEOPLE = _("Ask more people to be ready, or declare the line closed; the floor shows who could.")

WORDS = {
    QUEUE_LONG: AlertWords(Label(_("Too many callers wait"), "bad"), _MORE_PEOPLE, page="floor.index"),
    WAIT_LONG: AlertWords(Label(_("A caller waits too long"), "bad"), _MORE_PEOPLE, page="floor.index"),
    NOBODY_READY: AlertWords(Label(_("No operator is ready"), "bad"), _MORE_PEOPLE, page="floor.index"),
    SERVICE_LEVEL_LOW: AlertWords(
        Label(_("The service level is low"), "warn"),
        _("The threshold stands in [floor.thresholds]; the floor shows who waits and who could answer."),
        page="floor.index",
    ),
}
