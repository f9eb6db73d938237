"""Our cookies: their names and flags, alike for all of them.

Behind https each is Secure and, where it is sent to every page, named __Host-: no other host of the domain can plant
one, and no page without https can.
"""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from hotline.settings import Settings
from hotline.web.kit.context import web


def name(plain: str) -> str:
    """As the browser has it."""
    return name_for(web().settings, plain)


def name_for(settings: Settings, plain: str) -> str:
    return f"__Host-{plain}" if settings.web.secure_cookie else plain


def get(plain: str) -> str:
    return request.cookies.get(name(plain), "")


def put(response: Response, plain: str, value: str, max_age: int) -> None:
    """For every page, kept from scripts, sent by our own pages and links to them alone."""
    response.set_cookie(
        name(plain),
        value,
        max_age=max_age,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=web().settings.web.secure_cookie,
    )
