"""What is said of the alerts of dials."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.dialling.alert_kinds import DIAL_LIMIT
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    DIAL_LIMIT: AlertWords(
        Label(_("Somebody dials more than is allowed"), "bad"),
        _("Ask them what for. The limits stand in the settings, “Callbacks and dialling”."),
        seen_to=True,
    )
}
