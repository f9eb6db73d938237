"""What the screens say of alerts of our own people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.staff.alert_kinds import NO_LEADER
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    NO_LEADER: AlertWords(
        Label(_("Nobody leads a team or department"), "warn"),
        _("Name another leader or deputy. Until then supervisors are asked in their stead."),
        page="units.index",
    )
}
