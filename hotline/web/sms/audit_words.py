"""What the audit log says of text messages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "sms.bar": _("Number put on the list of those that are sent no text messages"),
        "sms.send": _("Text message handed to the gateway"),
        "sms.test": _("Text message sent as a test"),
        "sms.unbar": _("Number taken off the list of those that are sent no text messages"),
        "sms.view": _("Text messages looked at"),
    },
    title=_("Text messages"),
    kinds={"sms": _("Text messages"), "number": _("Number")},
)
