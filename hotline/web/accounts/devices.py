"""Browsers that a person has signed in with before: guesses from other places do not lock them out.

The cookie is signed and holds a name by chance and the accounts that it is known to; it lets nobody in.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from hotline.web.kit import cookies
from hotline.web.kit.context import web

_COOKIE = "hotline_device"
_DAYS = 180
#: People who share a browser; the one who came first is forgotten first.
_MOST = 20


@dataclass(frozen=True, slots=True)
class Device:
    name: str
    accounts: tuple[int, ...]


def known_to(account: int | None) -> str:
    """The name of the browser that asks, if this account has signed in with it; else ""."""
    device = _of_request()
    return device.name if device and account in device.accounts else ""


def remember(response: Response, account: int) -> None:
    """From now on this browser is known to the account."""
    known = _of_request() or Device(secrets.token_urlsafe(12), ())
    accounts = [*(each for each in known.accounts if each != account), account][-_MOST:]
    cookies.put(response, _COOKIE, _signer().dumps([known.name, accounts]), _DAYS * 24 * 3600)


def _of_request() -> Device | None:
    try:
        name, accounts = _signer().loads(cookies.get(_COOKIE)[:2000], max_age=_DAYS * 24 * 3600)
        return Device(str(name)[:40], tuple(int(each) for each in accounts))
    except (BadData, TypeError, ValueError):
        return None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(web().secrets.web_session_key, salt="hotline device")
