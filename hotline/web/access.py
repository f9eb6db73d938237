"""Who may call a route. Each view states it by a decorator; one guard enforces it before every request.

A route without a statement is refused (and a test fails for it), so that nothing is open by oversight.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from flask import Flask, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from hotline.domain.records import Role
from hotline.services.tokens import verify_token
from hotline.web.context import web

View = TypeVar("View", bound=Callable)

_ATTRIBUTE = "hotline_permission"

#: Who may hear recordings and see whole numbers: those who examine, supervise or set up.
OVERSEERS = (Role.EXAMINER, Role.SUPERVISOR, Role.ADMINISTRATOR)
STEERING = (Role.SUPERVISOR, Role.ADMINISTRATOR)


class Way(Enum):
    PUBLIC = "public"
    SESSION = "session"
    TOKEN = "token"


@dataclass(frozen=True)
class Permission:
    """By which way somebody is known, and for sessions which roles may (() means any).

    `first_password_too`: also while the first password has not been changed yet.
    """

    way: Way
    roles: tuple[Role, ...] = ()
    first_password_too: bool = False


def _state(permission: Permission) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, permission)
        return view

    return mark


def public(view: View) -> View:
    """Anybody, not signed in."""
    return _state(Permission(Way.PUBLIC))(view)


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Whoever is signed in and has one of these roles."""
    return _state(Permission(Way.SESSION, roles))


def any_role(view: View) -> View:
    """Whoever is signed in."""
    return _state(Permission(Way.SESSION))(view)


def before_password_change(view: View) -> View:
    """Whoever is signed in, also with a first password that is still to be changed."""
    return _state(Permission(Way.SESSION, first_password_too=True))(view)


def with_token(view: View) -> View:
    """Programs with a bearer token."""
    return _state(Permission(Way.TOKEN))(view)


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """What the endpoint's view states."""
    return getattr(app.view_functions[endpoint], _ATTRIBUTE, None)


def guard(app: Flask) -> Response | None:
    """Before each request: let it pass, lead to the sign-in page, or refuse.

    Raises Unauthorized or Forbidden, which hotline.web.errors shows.
    """
    if request.endpoint is None:  # no such page: 404 follows
        return None
    permission = permission_of(app, request.endpoint)
    if permission is None:
        raise Forbidden(f"{request.endpoint} states no permission")
    if permission.way is Way.PUBLIC:
        return None
    if permission.way is Way.TOKEN:
        _require_token()
        return None
    return _require_session(permission)


def _require_session(permission: Permission) -> Response | None:
    if not current_user.is_authenticated:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("account.sign_in", next=back if back != "/" else None))
    if current_user.must_change_password and not permission.first_password_too:
        return redirect(url_for("account.change_password"))
    if permission.roles and not current_user.has_role(*permission.roles):
        raise Forbidden()
    return None


def _require_token() -> None:
    """RFC 6750."""
    found = re.fullmatch(r"bearer +([A-Za-z0-9._~+/=-]{1,512})", request.headers.get("Authorization", ""), re.I)
    if found:
        g.token_name = verify_token(web().storage, found[1], web().now())
        if g.token_name:
            return
    raise Unauthorized("a valid bearer token is needed: Authorization: Bearer <token> (`hotline token create`)")
