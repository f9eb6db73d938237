"""What text messages add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.sms.message import SmsState
from hotline.web.kit.labels import Label
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.sms import pages

STATES = {
    SmsState.WAITING: Label(_("Waits to be sent"), "wait"),
    SmsState.SENDING: Label(_("Being sent"), "live"),
    SmsState.SENT: Label(_("Sent"), "info"),
    SmsState.DELIVERED: Label(_("Delivered"), "ok"),
    SmsState.UNDELIVERED: Label(_("Not delivered"), "bad"),
    SmsState.FAILED: Label(_("Failed"), "bad"),
    SmsState.UNCLEAR: Label(_("Not known whether sent"), "warn"),
    SmsState.HELD_BACK: Label(_("Held back"), "muted"),
}

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    installers=(pages.install,),
    under={"sms": "people.index"},
    labels={"sms_state": STATES},
)
