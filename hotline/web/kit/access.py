"""Who may call a route. Each view states its act by a decorator, and the one table of rights (hotline.domain.rights)
says whose it is; one guard enforces it before every request. What an act's tie asks of the thing that it is done to,
the use case looks at.

A route without a statement is refused (and a test fails for it), so that nothing is open by oversight. Whatever
changes something by way of a browser's cookie must carry the CSRF token, as a form's field or as the header
X-CSRFToken; a bearer token is sent by no browser on its own, so a request with one needs none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from flask import Flask, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.accounts.token import ApiToken
from hotline.domain.errors import Forbidden
from hotline.domain.people import Role
from hotline.domain.rights.acts import Act, may_ever, roles_for
from hotline.services.accounts.tokens import verify_token
from hotline.web.kit import limits
from hotline.web.kit.context import web
from hotline.web.kit.wallboard_cookie import display_of_request

View = TypeVar("View", bound=Callable[..., object])

_ATTRIBUTE = "hotline_permission"


class AccessKind(Enum):
    PUBLIC = "public"
    SESSION = "session"
    API = "api"
    DISPLAY = "display"
    SIGNED = "signed"


@dataclass(frozen=True)
class Permission:
    """By which way somebody is known, and for what they come. `act` None: whoever is known may.

    `first_password_too`: also while the first password has not been changed yet, or a second factor that is demanded is
    not set up. `listed`: the roles that may, of a
    view that still lists them in place of an act.
    """

    way: AccessKind
    act: Act | None = None
    first_password_too: bool = False
    listed: tuple[Role, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """Those that may, of something at least."""
        return roles_for(self.act) if self.act else self.listed or tuple(Role)

    def allows(self, roles: Collection[Role]) -> bool:
        return may_ever(self.act, roles) if self.act else bool(set(self.roles) & set(roles))


def _state(permission: Permission) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, permission)
        return view

    return mark


def public(view: View) -> View:
    """Anybody, not signed in."""
    return _state(Permission(AccessKind.PUBLIC))(view)


def may(act: Act) -> Callable[[View], View]:
    """Whoever is signed in and may do this to something at least."""
    return _state(Permission(AccessKind.SESSION, act))


def may_api(act: Act) -> Callable[[View], View]:
    """The same for the API: known by their session or by a bearer token."""
    return _state(Permission(AccessKind.API, act))


#: Whom a list of roles without a word means: those there were before each act had its row in the table.
_LISTED = (Role.OPERATOR, Role.EXAMINER, Role.SUPERVISOR, Role.ADMINISTRATOR)


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Instead of `may`, for a view whose act has no row in the table yet: these roles and no other."""
    return _state(Permission(AccessKind.SESSION, listed=roles))


def for_api(*roles: Role) -> Callable[[View], View]:
    """Instead of `may_api`, as `for_roles`."""
    return _state(Permission(AccessKind.API, listed=roles or _LISTED))


def any_role(view: View) -> View:
    """Instead of `may`, as `for_roles`: who could sign in before."""
    return for_roles(*_LISTED)(view)


def before_password_change(view: View) -> View:
    """Whoever is signed in, also with a first password that is still to be changed, and without a second factor that is
    demanded of them."""
    return _state(Permission(AccessKind.SESSION, first_password_too=True))(view)


def for_display(view: View) -> View:
    """A wallboard display, known by its own cookie; else whoever is signed in and sees to it."""
    return _state(Permission(AccessKind.DISPLAY, Act.SEE_WALLBOARD))(view)


def signed(view: View) -> View:
    """Another program, whose signature the view's use case verifies before anything else."""
    return _state(Permission(AccessKind.SIGNED))(view)


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """What the endpoint's view states."""
    return getattr(app.view_functions[endpoint], _ATTRIBUTE, None)


def guard(app: Flask) -> Response | None:
    """Before each request: let it pass, lead to the sign-in page, or refuse.

    Raises Unauthorized or Forbidden, which hotline.web.kit.errors shows.
    """
    if request.endpoint is None:  # no such page: 404 follows
        return None
    permission = permission_of(app, request.endpoint)
    if permission is None:
        raise Forbidden("accounts.no_permission_stated", endpoint=str(request.endpoint))
    if permission.way is AccessKind.SIGNED:
        return None
    if permission.way is AccessKind.API:
        _require_for_api(app, permission)
        return None
    if permission.way is AccessKind.DISPLAY and request.method == "GET" and display_of_request():
        return None
    answer = None if permission.way is AccessKind.PUBLIC else _require_session(permission)
    if answer is None:
        _require_csrf(app)
    return answer


def _require_session(permission: Permission) -> Response | None:
    if not current_user.is_authenticated:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("account.sign_in", next=back if back != "/" else None))
    if current_user.held_up and not permission.first_password_too:
        first = "account.change_password" if current_user.must_change_password else "second_factor.index"
        return redirect(url_for(first))
    if not permission.allows(current_user.user.roles):
        raise Forbidden("accounts.needs_role", roles=permission.roles)
    return None


def _require_for_api(app: Flask, permission: Permission) -> None:
    """A token counts where one is given; else the session."""
    if "Authorization" in request.headers:
        g.api_token = _require_token()
        roles = g.api_token.roles
    else:
        roles = _require_session_for_api()
    if not permission.allows(roles):
        raise Forbidden("accounts.needs_role", roles=permission.roles)
    if "api_token" not in g:
        _require_csrf(app)


def _require_session_for_api() -> tuple[Role, ...]:
    if not current_user.is_authenticated:
        raise Unauthorized()
    if current_user.must_change_password:
        raise Forbidden("accounts.first_password")
    if current_user.must_set_up_second_factor:
        raise Forbidden("sign_in.second_factor_first")
    return current_user.user.roles


def _require_token() -> ApiToken:
    """RFC 6750. Who sends too many that are not valid is told to wait; a valid one is let in all the same."""
    with limits.guessing(Guessed.TOKEN, wrong=Unauthorized):
        found = re.fullmatch(r"bearer +([A-Za-z0-9._~+/=-]{1,512})", request.headers["Authorization"], re.IGNORECASE)
        token = verify_token(web().storage, found[1], web().now()) if found else None
        if token is None:
            raise Unauthorized()
        return token


def _require_csrf(app: Flask) -> None:
    """Raises CSRFError for a changing request without the session's token."""
    app.extensions["csrf"].protect()
