"""What is said of the alerts of visits by a link."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.visit_links.alert_kinds import VISIT_LINKS
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    VISIT_LINKS: AlertWords(
        Label(_("Customers who are asked by SMS or mail can't be sent their link (E3)"), "warn"),
        _("Set what is missing: web.public_url, campaigns.sms_template, or the server that takes our mail."),
        page="visits.index",
    )
}
