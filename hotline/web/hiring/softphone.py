"""What a softphone is set up with, as a code that a telephone's camera reads."""

from __future__ import annotations

from flask import request
from flask_babel import gettext
from markupsafe import Markup

from hotline.services.operators.operators import PhoneAccount
from hotline.web.kit.qr import qr_code

#: Asterisk listens on every address then, and a phone needs one of them: that by which the reader has come.
_EVERY = ("0.0.0.0", "::")


def server_of(account: PhoneAccount) -> str:
    """Host and port to enter."""
    host = (request.host.rpartition(":")[0] or request.host) if account.server in _EVERY else account.server
    return f"{host}:{account.port}"


def softphone_code(account: PhoneAccount) -> Markup | None:
    """None for a phone in the browser, into which nothing is entered. There is no one form that every softphone reads,
    so it is text, to be copied on the telephone itself."""
    if account.transport == "WS":
        return None
    told = {"user": account.extension, "password": account.password, "server": server_of(account)}
    told |= {"transport": account.transport, "srtp": "yes" if account.encrypted else "no"}
    text = "\n".join(f"{name}: {value}" for name, value in told.items())
    return qr_code(text, gettext("The phone's account as a code"))
