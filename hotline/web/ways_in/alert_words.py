"""What the screens say of alerts of phones and strangers at the SIP port."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.ways_in.alert_kinds import (
    INVITE_REFUSED,
    OFFER_REFUSED,
    PHONE_FORWARDS,
    SHUT_OUT,
    STRANGERS,
    UNKNOWN_NUMBER,
)
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    PHONE_FORWARDS: AlertWords(Label(_("A phone is set to forward calls"), "bad"), own_phone=True),
    UNKNOWN_NUMBER: AlertWords(Label(_("The carrier sends calls for a number that no line has"), "warn")),
    OFFER_REFUSED: AlertWords(Label(_("The carrier's calls offer no sound that we take"), "bad")),
    INVITE_REFUSED: AlertWords(Label(_("The carrier's calls are refused before they begin"), "bad")),
    STRANGERS: AlertWords(Label(_("Strangers try to get in by SIP"), "warn")),
    SHUT_OUT: AlertWords(Label(_("Addresses are shut out"), "warn")),
}
