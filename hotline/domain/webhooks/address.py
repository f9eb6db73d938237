"""Which addresses a web hook may have, as far as can be told without asking for their name."""

from __future__ import annotations

from urllib.parse import urlsplit

from hotline.domain.errors import Refused

LONGEST = 500


def require_address(written: str, lan: bool) -> str:
    """The address as it is used. `lan`: private networks are allowed, where people have no certificates. Raises
    Refused."""
    url = written.strip()
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        raise Refused("webhooks.no_address", field="url") from None
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_fits or not plain:
        raise Refused("webhooks.no_address", field="url")
    if parts.username is not None or parts.password is not None:
        raise Refused("webhooks.address_with_password", field="url")
    if parts.scheme == "http" and not lan:
        raise Refused("webhooks.needs_https", field="url")
    return url
