"""Sessions of people. The browser holds a random token in a signed cookie, the database its SHA-256.

A session ends by signing out, after [web] session_hours, after [web] idle_minutes without anybody, by an
administrator or from another session of one's own, with the person's deactivation, and with a new password (but for
the session it was chosen in): each is looked at on every request.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from hotline.domain.accounts.session import UserSession
from hotline.domain.accounts.user import User
from hotline.domain.people import Role
from hotline.domain.sign_in.second_factor import is_demanded
from hotline.services.accounts import sessions
from hotline.settings.services import Web
from hotline.settings.sign_in import SignInSettings
from hotline.web.kit import cookies
from hotline.web.kit.context import web

#: No session may last longer by the settings: an older cookie is not even read.
_LONGEST = timedelta(days=7)

#: Where a page's script tells, every few minutes, that somebody moves or types there.
ACTIVE_PATH = "/active"

#: What a page's script sends along when it asks for something by itself, to stay fresh.
BY_ITSELF = "X-By-Itself"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How long a session still lasts. `extends`: longer, if somebody does something in it."""

    seconds: int
    extends: bool


class SignedIn(UserMixin):
    """The user of this session, as Flask-Login wants it. `session_id`: the row of user_session; `since`: when
    it began."""

    def __init__(
        self,
        user: User,
        token: str,
        session_id: int | None = None,
        left: TimeLeft | None = None,
        must_set_up_second_factor: bool = False,
        since: datetime | None = None,
    ) -> None:
        self.user = user
        self.session_id = session_id
        self.left = left
        self.must_set_up_second_factor = must_set_up_second_factor
        self.since = since
        self._token = token

    def get_id(self) -> str:
        return self._token

    def has_role(self, *roles: Role) -> bool:
        return any(role in self.user.roles for role in roles)

    @property
    def username(self) -> str:
        return self.user.username

    @property
    def must_change_password(self) -> bool:
        return self.user.must_change_password

    @property
    def held_up(self) -> bool:
        """Something of their account must be done before anything else."""
        return self.must_change_password or self.must_set_up_second_factor


def begin(user: User) -> None:
    """Sign the user in, under a new token; what an earlier session of this browser held is dropped."""
    context = web()
    if current_user.is_authenticated:
        end()
    token = sessions.begin(context.storage, user, request.remote_addr or "", request.user_agent.string, context.now())
    session.clear()
    session.permanent = True
    login_user(SignedIn(user, token))


def renew(user: User) -> None:
    """Go on in this session with what the user has proved anew, under a new token."""
    session_id = _own_session_id()
    token = sessions.give_new_token(web().storage, session_id)
    login_user(SignedIn(user, token, session_id))


def end() -> None:
    """Sign out: the token opens nothing any more, wherever it was copied to."""
    context = web()
    sessions.sign_out(context.storage, _own_session_id(), current_user.username, context.now())
    logout_user()
    session.clear()


def _own_session_id() -> int:
    session_id = current_user.session_id
    assert session_id is not None  # it has one since the request after it was begun
    return session_id


def current_session_id() -> int | None:
    """The row of user_session by which this request is let in; None for a token's, or where nobody is signed in."""
    return current_user.session_id if current_user.is_authenticated else None


def time_left() -> TimeLeft:
    """Of the session by which this request is let in."""
    left: TimeLeft | None = current_user.left
    assert left is not None  # it has one since the request after it was begun
    return left


def is_activity(path: str, by_script: bool) -> bool:
    """Whether a request tells of somebody at the keyboard: a page that was opened, or the word of a page's script that
    somebody moves or types there. What pages ask for by themselves, to stay fresh, does not."""
    return path == ACTIVE_PATH or not (by_script or path.startswith("/api/") or path.endswith("/events"))


def _by_script() -> bool:
    return "HX-Request" in request.headers or BY_ITSELF in request.headers


def _load(token: str) -> SignedIn | None:
    context = web()
    limits = context.settings.web
    active = is_activity(request.path, _by_script())
    known = sessions.recognise(context.storage, token, context.now(), limits.session_hours, limits.idle_minutes, active)
    if known is None:
        return None
    user, found = known
    kept = replace(found, active_at=context.now()) if active else found
    left = _left(kept, user, limits, context.now())
    lacks = _lacks_second_factor(user, context.settings.sign_in, context.now())
    return SignedIn(user, token, found.id, left, lacks, found.created_at)


def _lacks_second_factor(user: User, rules: SignInSettings, now: datetime) -> bool:
    if user.second_factor_at is not None:
        return False
    return is_demanded(user.roles, rules.second_factor_roles, rules.second_factor_from, now)


def _left(found: UserSession, user: User, limits: Web, now: datetime) -> TimeLeft:
    last = min(found.ends_at(limits.session_hours), user.expires_at or datetime.max.replace(tzinfo=UTC))
    ends = min(last, found.ends_at(limits.session_hours, limits.idle_minutes))
    return TimeLeft(max(int((ends - now).total_seconds()), 0), extends=ends < last)


class _Cookies(SecureCookieSessionInterface):
    """A session's cookie is called, sent and kept by what is in force. The browser's clock decides how long, which no
    clock of ours that is set otherwise may shorten."""

    def get_cookie_name(self, app: Flask) -> str:
        return cookies.name("hotline")

    def get_cookie_secure(self, app: Flask) -> bool:
        return web().settings.web.secure_cookie

    def get_expiration_time(self, app: Flask, session: SessionMixin) -> datetime | None:
        return datetime.now(UTC) + timedelta(hours=web().settings.web.session_hours) if session.permanent else None

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """What a page asks for by itself leaves the cookie alone: the answer may come after one that somebody waited
        for, whose words for the next page stand in the cookie."""
        return session.modified or (super().should_set_cookie(app, session) and not _asked_by_the_page())


def _asked_by_the_page() -> bool:
    return request.path == ACTIVE_PATH or not is_activity(request.path, _by_script())


def install(app: Flask) -> None:
    app.session_interface = _Cookies()
    context = app.extensions["hotline"]
    app.config.update(
        SECRET_KEY=context.secrets.web_session_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=_LONGEST,
        REMEMBER_COOKIE_DURATION=timedelta(0),
    )
    manager = LoginManager(app)
    manager.session_protection = None  # addresses change in mobile networks, and the token can be ended
    manager.user_loader(_load)
