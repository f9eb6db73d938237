"""A wallboard display, known by a cookie that holds its token: it may see the wallboard and nothing else."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from hotline.domain.floor.floor import WallboardDisplay
from hotline.services.floor.wallboard_displays import known_display
from hotline.web.kit.context import web

_COOKIE = "hotline_display"
_PATH = "/floor/wall"
_YEAR = 365 * 24 * 3600


def display_of_request() -> WallboardDisplay | None:
    """The display that asks, if it has not been revoked."""
    return display_of(token_of_request())


def display_of(token: str) -> WallboardDisplay | None:
    return known_display(web().storage, token, web().now()) if token else None


def token_of_request() -> str:
    """ "" when this browser is no display."""
    return request.cookies.get(_COOKIE, "")[:200]


def remember(response: Response, token: str) -> None:
    """For a year from now; each time the wall is opened anew."""
    response.set_cookie(
        _COOKIE,
        token,
        max_age=_YEAR,
        path=_PATH,
        httponly=True,
        samesite="Lax",
        secure=web().settings.web.secure_cookie,
    )
