"""What the screens say of alerts of what is kept."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.retention.alert_kinds import DISK_FULL, PRIVACY_REQUESTS, STORE_CHECK
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    PRIVACY_REQUESTS: AlertWords(
        Label(_("Requests of persons are overdue (G3)"), "bad"), _("Answer the overdue requests."), page="privacy.index"
    ),
    STORE_CHECK: AlertWords(
        Label(_("The recordings differ from the ledger"), "bad"),
        _("Look at the differences that were found."),
        page="reconciliation.index",
    ),
    DISK_FULL: AlertWords(
        Label(_("The disk will soon be full"), "warn"),
        _("Make room, move the store, or delete what may go."),
        page="reconciliation.index",
    ),
}
