"""The actor of this request, by session or token."""

from __future__ import annotations

from flask import g
from flask_login import current_user
from werkzeug.exceptions import Unauthorized

from hotline.domain.people import Actor


def actor() -> Actor:
    """The person of the session or the program of the token. Raises Unauthorized where nobody is known."""
    found = actor_or_none()
    if found is None:
        raise Unauthorized()
    return found


def actor_or_none() -> Actor | None:
    """As `actor`; None on a page that is open to everybody."""
    if "api_token" in g:
        token = g.api_token
        return Actor(f"token:{token.name}", token.roles, token.name)
    if not current_user.is_authenticated:
        return None
    user = current_user.user
    return Actor(user.username, user.roles, user.display_name, user.id, user.extension, user.tenures)
