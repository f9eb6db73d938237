"""What the screens say of alerts of corrective actions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.examination.alert_kinds import CORRECTIVE_ACTIONS
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    CORRECTIVE_ACTIONS: AlertWords(
        Label(_("Corrective actions are overdue (E6)"), "bad"),
        _("The operator mends it and says so; then an examiner checks it."),
        page="improvement.rectifications",
    )
}
