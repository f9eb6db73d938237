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
    PHONE_FORWARDS: AlertWords(
        Label(_("A phone is set to forward calls"), "bad"),
        _("Switch call forwarding off at the phone. The alert goes when the phone has rung again."),
        own_phone=True,
    ),
    UNKNOWN_NUMBER: AlertWords(
        Label(_("The carrier sends calls for a number that no line has"), "warn"),
        _("Enter the number among the aliases of its line, or tell the carrier. Ends after a quiet week."),
    ),
    OFFER_REFUSED: AlertWords(
        Label(_("The carrier's calls offer no sound that we take"), "bad"),
        _("Have the carrier send A-law, or change trunk.codecs and trunk.media_encryption. Ends after a quiet week."),
    ),
    INVITE_REFUSED: AlertWords(
        Label(_("The carrier's calls are refused before they begin"), "bad"),
        _("Tell the carrier when it was and what was answered. Ends after a quiet week."),
    ),
    STRANGERS: AlertWords(
        Label(_("Strangers try to get in by SIP"), "warn"),
        _("Open the SIP port to the carrier and the phones alone. A phone of yours has a wrong password."),
        page="carrier.index",
    ),
    SHUT_OUT: AlertWords(
        Label(_("Addresses are shut out"), "warn"),
        _("They stand on the page “Carrier”, where an administrator lets one in again."),
        page="carrier.index",
    ),
}
