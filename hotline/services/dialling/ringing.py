"""Have a dial begin in Asterisk, and what the dialplan is told of it."""

from __future__ import annotations

from hotline.domain.dialling.destination import dialled_digits
from hotline.domain.dialling.dial import Dial
from hotline.domain.dialling.patterns import is_plain
from hotline.domain.operators.presence import OperatorPresence, calling
from hotline.services.pbx import Pbx
from hotline.settings import Settings

#: In Asterisk's own database: what the dialplan may dial, by the Linkedid that it is dialled under. Used once.
DIALS_FAMILY = "hotline-dial"


def ring(settings: Settings, pbx: Pbx, dial: Dial, before: OperatorPresence) -> None:
    """The operator is offered no call from now on, and their phone is rung; the customer's follows. Raises PbxError.

    The dialplan knows by its form what may be dialled freely; of all else it is told that it was approved (A17)."""
    digits = dialled_digits(dial.number)
    told = ":".join(("plain" if is_plain(digits) else "approved", digits, dial.line))
    trunk = settings.callback_trunk
    shown = f'"{settings.company_of(dial.line)}" <{trunk.shown(dial.line)}>'
    pbx.begin_dial(
        dial.extension, dial.linkedid, (DIALS_FAMILY, told), shown, calling(before), trunk.phone_ring_seconds
    )
