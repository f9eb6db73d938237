"""What the screens say of alerts of links."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.links.alert_kinds import LINKS
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    LINKS: AlertWords(
        Label(_("Links cannot be made"), "bad"),
        _("Set web.public_url in the settings file to the address that others reach."),
    )
}
