"""QR codes: what a telephone is to open is shown as one."""

from __future__ import annotations

import segno
from markupsafe import Markup

#: Light around it, in modules: what the standard asks for, without which some cameras find nothing.
_QUIET_ZONE = 4


def qr_code(text: str, label: str) -> Markup:
    """The code of this text as a picture in the page, black on white in either theme. `label`: what it is called."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        omitsize=True, border=_QUIET_ZONE, dark="#000", light="#fff", svgclass="qr-code", lineclass=None, title=label
    )
    return Markup(drawn)  # segno escapes the title; the rest is numbers
