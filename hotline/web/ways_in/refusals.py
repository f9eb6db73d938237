"""What is said of who gets in by SIP, and who is turned away."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "ways_in.invite_refused": _(
        "%(count)s calls refused (%(status)s %(reason)s), first %(first_at)s, last %(last_at)s from %(address)s. "
        "404 and 484: the carrier sent no number that was called. Tell the carrier when, and what was answered."
    ),
    "ways_in.offer_refused": _(
        "%(count)s calls refused (%(status)s), first %(first_at)s, last %(last_at)s from %(address)s: offered "
        "%(offered)s, ours are %(ours)s. Set trunk.codecs (for SRTP trunk.media_encryption), or tell the carrier."
    ),
    "ways_in.phone_forwards": _(
        "%(name)s's phone sends callers elsewhere, which is not done: it takes no call (last %(last_at)s). "
        "Switch call forwarding off at the phone."
    ),
    "ways_in.shut_out": _(
        "%(count)s times for too many failed log-ins, first %(first_at)s, last %(last_at)s: %(address)s as "
        '"%(name)s". Lifted by: hotline strangers lift'
    ),
    "ways_in.strangers_refused": _(
        '%(count)s requests refused, first %(first_at)s, last %(last_at)s from %(address)s as "%(name)s". Open '
        "the SIP port to the carrier and your phones only."
    ),
    "ways_in.unknown_number": _(
        "%(count)s calls, first %(first_at)s, last %(last_at)s. Numbers go to the first line, anything else is "
        "refused: write it into that line's aliases, or tell the carrier."
    ),
}
