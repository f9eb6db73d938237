"""What is said of text messages."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "sms.declared_otherwise": _("The parameters %(declared)s are declared, and the text has %(used)s."),
    "sms.gateway_away": _("The gateway of text messages cannot be reached: %(why)s."),
    "sms.gateway_refused": _("The gateway refuses the text message: %(why)s."),
    "sms.gateway_unclear": _("It is not known whether the gateway sent the text message: %(why)s."),
    "sms.http_needs": _("A gateway asked by HTTP needs url, key and a secret of at least 16 characters."),
    "sms.no_template": _("There is no template %(template)s of text messages."),
    "sms.not_barred": _("This number is not on the list."),
    "sms.not_offered": _("No gateway of text messages is set."),
    "sms.number": _("A telephone number with its area code was expected."),
    "sms.parameters": _("The parameters do not fit the template %(template)s: %(wrong)s."),
    "sms.report": _("The report cannot be read."),
    "sms.signature": _("The signature is wrong or too old."),
    "sms.sent": _("Text messages sent: %(n)s"),
}
