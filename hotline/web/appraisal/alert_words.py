"""What the screens say of alerts of the monthly appraisal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.appraisal.alert_kinds import MONTH_NOT_CLOSED, OBJECTION_OVERDUE
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    OBJECTION_OVERDUE: AlertWords(
        Label(_("An objection to a figure is overdue"), "warn"),
        _("An examiner who has nothing to do with the month decides on the card's page."),
        "appraisal.index",
    ),
    MONTH_NOT_CLOSED: AlertWords(
        Label(_("A signed month is not closed"), "warn"),
        _("Close it on the team's page, or sign it anew if something is wrong."),
        "appraisal.index",
    ),
}
