"""Sessions of people: signed cookies that name the user, when they signed in, and which password was theirs.

A session ends by signing out, after [web] session_hours, when the user is deactivated, and when their password
becomes another: each is looked at on every request.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from flask import Flask, session
from flask_login import LoginManager, UserMixin, login_user, logout_user

from hotline.domain.records import Role, User
from hotline.web.context import web

_SINCE = "signed_in_at"


class SignedIn(UserMixin):
    """The user of this session, as Flask-Login wants it."""

    def __init__(self, user: User) -> None:
        self.user = user

    def get_id(self) -> str:
        return f"{self.user.id}:{_fingerprint(self.user)}"

    def has_role(self, *roles: Role) -> bool:
        return any(role in self.user.roles for role in roles)

    @property
    def username(self) -> str:
        return self.user.username

    @property
    def must_change_password(self) -> bool:
        return self.user.must_change_password


def _fingerprint(user: User) -> str:
    """Changes with the password, tells nothing about it."""
    key = web().secrets.web_session_key.encode()
    return hmac.new(key, user.password_hash.encode(), hashlib.sha256).hexdigest()[:16]


def begin(user: User) -> None:
    """Sign the user in; what an earlier session of this browser held is dropped."""
    session.clear()
    session.permanent = True
    session[_SINCE] = int(web().now().timestamp())
    login_user(SignedIn(user))


def renew(user: User) -> None:
    """Go on in this session with the user's new password; all others of theirs end."""
    login_user(SignedIn(user))


def end() -> None:
    logout_user()
    session.clear()


def _load(session_id: str) -> SignedIn | None:
    user_id, _, fingerprint = session_id.partition(":")
    if not user_id.isdigit() or _is_over():
        return None
    with web().storage.reading() as work:
        user = work.users.by_id(int(user_id))
    if user is None or not user.active or not hmac.compare_digest(fingerprint, _fingerprint(user)):
        return None
    return SignedIn(user)


def _is_over() -> bool:
    context = web()
    age = context.now().timestamp() - session.get(_SINCE, 0)
    return age > context.settings.web.session_hours * 3600


def install(app: Flask) -> None:
    context = app.extensions["hotline"]
    app.config.update(
        SECRET_KEY=context.secrets.web_session_key,
        SESSION_COOKIE_NAME="hotline",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=context.settings.web.secure_cookie,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=context.settings.web.session_hours),
        REMEMBER_COOKIE_DURATION=timedelta(0),
    )
    manager = LoginManager(app)
    manager.session_protection = None  # the fingerprint above does more, and addresses change in mobile networks
    manager.user_loader(_load)
