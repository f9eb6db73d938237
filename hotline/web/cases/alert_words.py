"""What is said of the alerts of cases."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.cases.alert_kinds import CASES_NOBODY
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    CASES_NOBODY: AlertWords(
        Label(_("A case is over, and there is nobody to go up to (D7)"), "bad"),
        _("Name leaders in cases.leaders, or give an account the role of supervisor; then see to the case."),
        page="case_lists.index",
    )
}
