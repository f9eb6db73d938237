"""The address of the WebSocket of phones in browsers."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from hotline.settings import Settings

#: Of the WebSocket, below the pages' own address.
PATH = "/ws"


#: A Host header is a visitor's word, and it comes to stand in a header of ours.
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")


def ws_url(settings: Settings, page_url: str) -> str:
    """The WebSocket for the page at that address; "" when that address is none.

    It stands where the pages do. Behind a proxy with https that does not say so, [web] public_url does.
    """
    own, public = urlsplit(page_url), urlsplit(settings.web.public_url)
    page = public if own.scheme == "http" and public.scheme == "https" else own
    host = re.sub(r":\d{1,5}$", "", page.netloc)
    scheme = "wss" if page.scheme == "https" else "ws"
    return f"{scheme}://{page.netloc}{PATH}" if _HOST.fullmatch(host) else ""
