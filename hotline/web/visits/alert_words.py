"""What is said of the alerts of visits."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.visits.alert_kinds import VISITS, VISITS_NOBODY
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    VISITS: AlertWords(
        Label(_("Visits are overdue (E7)"), "bad"),
        _("See who has them, and make or give them away."),
        page="visits.index",
    ),
    VISITS_NOBODY: AlertWords(
        Label(_("Nobody is left who may make a visit (E5)"), "bad"),
        _("Give an account that had nothing to do with the case a role that visits, or drop the visit with a reason."),
        page="visits.index",
    ),
}
