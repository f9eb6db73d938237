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
from hotline.web.kit.alerted import AlertWords
from hotline.web.kit.labels import Label

WORDS = {
    PHONE_FORWARDS: AlertWords(
        Label(_("A phone is set to forward calls"), "bad"),
        _(
            "%(name)s's phone sends callers elsewhere, which is not done: it takes no call (last %(last_at)s). "
            "Switch call forwarding off at the phone."
        ),
        own_phone=True,
    ),
    UNKNOWN_NUMBER: AlertWords(
        Label(_("The carrier sends calls for a number that no line has"), "warn"),
        _(
            "%(count)s calls, first %(first_at)s, last %(last_at)s. Numbers go to the first line, anything else is "
            "refused: write it into that line's aliases, or tell the carrier."
        ),
    ),
    OFFER_REFUSED: AlertWords(
        Label(_("The carrier's calls offer no sound that we take"), "bad"),
        _(
            "%(count)s calls refused (%(status)s), first %(first_at)s, last %(last_at)s from %(address)s: offered "
            "%(offered)s, ours are %(ours)s. Set trunk.codecs (for SRTP trunk.media_encryption), or tell the carrier."
        ),
    ),
    INVITE_REFUSED: AlertWords(
        Label(_("The carrier's calls are refused before they begin"), "bad"),
        _(
            "%(count)s calls refused (%(status)s %(reason)s), first %(first_at)s, last %(last_at)s from %(address)s. "
            "404 and 484: the carrier sent no number that was called. Tell the carrier when, and what was answered."
        ),
    ),
    STRANGERS: AlertWords(
        Label(_("Strangers try to get in by SIP"), "warn"),
        _(
            '%(count)s requests refused, first %(first_at)s, last %(last_at)s from %(address)s as "%(name)s". '
            "Open the SIP port to the carrier and your phones only."
        ),
    ),
    SHUT_OUT: AlertWords(
        Label(_("Addresses are shut out"), "warn"),
        _(
            "%(count)s times for too many failed log-ins, first %(first_at)s, last %(last_at)s: %(address)s as "
            '"%(name)s". Lifted by: hotline strangers lift'
        ),
    ),
}
