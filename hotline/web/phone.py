"""How the phone in an operator's browser reaches Asterisk: its account, and the address of its WebSocket."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from hotline.settings import Settings
from hotline.settings.secrets import Secrets

#: The path below the pages' own address that a proxy with https hands on to Asterisk's HTTP server.
_PROXIED = "/ws"

#: A Host header is a visitor's word, and it comes to stand in a header of ours.
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")


def ws_url(settings: Settings, page_url: str) -> str:
    """The WebSocket for the page at that address.

    Behind https the browser lets only wss pass, so the proxy hands `/ws` on; else Asterisk's own port is called, at the
    address that the page was reached by. "" when that address is none.
    """
    page = urlsplit(settings.web.public_url or page_url)
    own = urlsplit(page_url)
    if "https" in (page.scheme, own.scheme):
        secure = page if page.scheme == "https" else own
        return f"wss://{secure.netloc}{_PROXIED}" if _HOST.fullmatch(_host(secure.netloc)) else ""
    address = ipaddress.ip_address(str(settings.listen.host))
    host = _host(own.netloc) if address.is_unspecified else f"[{address}]" if address.version == 6 else str(address)
    return f"ws://{host}:{settings.listen.asterisk_http_port}{_PROXIED}" if _HOST.fullmatch(host) else ""


def account(settings: Settings, secrets: Secrets, extension: str, page_url: str) -> dict[str, object]:
    """What the browser needs to be this operator's phone; the password is the operator's alone."""
    return {
        "ws_url": ws_url(settings, page_url),
        "sip_uri": f"sip:{extension}@hotline.invalid",
        "password": secrets.phone_password(extension),
        "ice_servers": [{"urls": f"stun:{settings.listen.stun}"}] if settings.listen.stun else [],
    }


def _host(netloc: str) -> str:
    """Without the port."""
    return re.sub(r":\d{1,5}$", "", netloc)
