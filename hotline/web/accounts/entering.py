"""From the first proof of who somebody is to their session: a second factor is asked for in between.

Who still has to show a code is kept in the signed cookie for some minutes; it lets nobody in by itself, and is worth
nothing any more once password or second factor are others.
"""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from hotline.domain.accounts.user import User
from hotline.services.accounts import accounts, users
from hotline.web.accounts import devices, sessions
from hotline.web.kit import limits
from hotline.web.kit.context import web
from hotline.web.kit.told.first_page import first_page

_WAITING = "second_factor_of"
_SECONDS = 300


def own_path(target: str) -> str:
    """`target` if it is a path of ours, else the first page: nobody is led elsewhere after signing in."""
    try:
        parts = urlsplit(target.replace("\\", "/"))
    except ValueError:  # such as //[
        return url_for("ledger.index")
    own = not parts.scheme and not parts.netloc and parts.path.startswith("/") and not target.startswith("//")
    return target if own and target.isprintable() else url_for("ledger.index")


def go_on(user: User, wanted: str) -> Response:
    """After the first proof: the page for the code, or in at once. `wanted`: the page that they came for."""
    if user.second_factor_at is None:
        return let_in(user, wanted)
    session[_WAITING] = [user.id, int(web().now().timestamp()), _mark(user)]
    session.permanent = True
    return redirect(url_for("account.second_step", next=wanted or None))


def let_in(user: User, wanted: str) -> Response:
    assert user.id is not None
    sessions.begin(user)
    accounts.note_sign_in(web().storage, user, limits.address(), web().now())
    response = redirect(own_path(wanted or first_page()))
    devices.remember(response, user.id)
    return response


def waiting() -> User | None:
    """Who still has to show a code in this browser."""
    try:
        user_id, since, mark = session[_WAITING]
    except (KeyError, TypeError, ValueError):
        return None
    user = users.user_by_id(web().storage, user_id)
    if user is None or user.second_factor_at is None or mark != _mark(user) or not user.may_enter(web().now()):
        return None
    return user if 0 <= web().now().timestamp() - since <= _SECONDS else None


def wanted_page() -> str:
    return request.args.get("next", "")


def _mark(user: User) -> str:
    told = f"{user.password_hash} {user.second_factor_at}"
    return hashlib.sha256(told.encode()).hexdigest()[:24]
