"""What the screens say of alerts of scheduled reports."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.scheduled_reports.alert_kinds import REPORT_NOBODY, REPORT_NOT_SENT
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    REPORT_NOBODY: AlertWords(
        Label(_("A report does not reach its recipients"), "bad"),
        _("Choose recipients with an account or an address that reports may go to."),
        "report_choices.index",
    ),
    REPORT_NOT_SENT: AlertWords(
        Label(_("A report was not delivered by mail"), "bad"),
        _("See what the mail server said, and send the report again from its page."),
        "scheduled_reports.index",
    ),
}
