"""How the phone in an operator's browser reaches Asterisk: its account, and the address of its WebSocket."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from hotline.settings import Settings
from hotline.settings.secrets import Secrets
from hotline.web.kit.phone_address import ws_url

#: Of the WebSocket, below the pages' own address.
PATH = "/ws"

#: A Host header is a visitor's word, and it comes to stand in a header of ours.
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")

#: Schemes, and their port where none is written.
_PORTS = {"http": 80, "https": 443}


def is_own_origin(origin: str, settings: Settings, page_url: str) -> bool:
    """Whether a page of ours asks: that of the address asked for, or of [web] public_url. Browsers always say."""
    said = _place(origin)
    return said is not None and said in (_place(page_url), _place(settings.web.public_url))


def account(settings: Settings, secrets: Secrets, extension: str, page_url: str) -> dict[str, object]:
    """What the browser needs to be this operator's phone; the password is the operator's alone."""
    return {
        "ws_url": ws_url(settings, page_url),
        "sip_uri": f"sip:{extension}@hotline.invalid",
        "password": secrets.phone_password(extension),
        "ice_servers": [{"urls": f"stun:{settings.listen.stun}"}] if settings.listen.stun else [],
    }


def _place(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an address; None for what is none, such as the origin "null"."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None
