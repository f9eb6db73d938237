"""What is said of visits by a link."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "visit_links.no_address": _("No mail address of this customer is known."),
    "visit_links.no_mail": _("No server takes our mail ([mail] in the settings)."),
    "visit_links.no_mobile": _("No mobile number of this customer is known."),
    "visit_links.no_template": _("No template of text messages carries the link (campaigns.sms_template)."),
    "visit_links.no_way": _("A link is sent by SMS or mail, or shown."),
    "visit_links.went": _("Links of visits sent: %(sent)s, ended without an answer: %(ended)s"),
}
