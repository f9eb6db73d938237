"""Sessions of people: begun at sign-in, known by a random token, ended for a reason that the browser is told.

Only the SHA-256 of a token is stored. Every end stands in the table and goes to the outbox in one transaction.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.accounts.session import SessionEnd, UserSession
from hotline.domain.accounts.user import User
from hotline.domain.errors import NotFound, Refused, StorageError
from hotline.domain.outbox import OutboxEntry
from hotline.domain.text import one_line
from hotline.services import outbox_topics as topics
from hotline.services.staff.tenures import tenures_of_account
from hotline.storage.accounts.sessions import SessionStore
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage, Transaction

log = logging.getLogger(__name__)

#: `seen_at` is kept this exactly: a browser that asks every second is no reason to write.
SEEN_NOTED_EVERY = timedelta(minutes=1)

#: How long a session that has ended is kept, for whoever asks where somebody was signed in.
ENDED_KEPT = timedelta(days=30)

#: The longest reason for ending somebody's session.
MAX_REASON = 200


def begin(storage: Storage, user: User, address: str, agent: str, now: datetime) -> str:
    """The token of a new session."""
    assert user.id is not None
    token = secrets.token_urlsafe(32)
    with storage.writing() as tx:
        SessionStore(tx).add(_digest(token), UserSession(user.id, now, now, address[:64], agent[:400], active_at=now))
    return token


def recognise(
    storage: Storage, token: str, now: datetime, hours: int, idle_minutes: int | None = None, active: bool = True
) -> tuple[User, UserSession] | None:
    """Whose session this is, if it is live and they may still sign in; that they were seen is noted. `active`: by
    somebody, not by the page itself."""
    with storage.reading() as tx:
        session = SessionStore(tx).find(_digest(token))
        user = UserStore(tx).by_id(session.user_id) if session else None
        if session is None or user is None or user.id is None or not user.active:
            return None
        user = replace(user, tenures=tenures_of_account(tx, user.id, user.extension))
    if user.has_expired(now) or not session.is_live(now, hours, idle_minutes):
        end_expired(storage, now, hours, idle_minutes)
        return None
    _note_seen(storage, session, now, active)
    return user, session


def give_new_token(storage: Storage, session_id: int) -> str:
    """The session goes on under a new token; the old one opens nothing any more."""
    token = secrets.token_urlsafe(32)
    with storage.writing() as tx:
        SessionStore(tx).give_token(session_id, _digest(token))
    return token


def is_live(tx: Transaction, session_id: int, now: datetime, hours: int, idle_minutes: int | None = None) -> bool:
    """A look by the rows' keys: for what stays open beyond a request."""
    session = SessionStore(tx).by_id(session_id)
    if session is None or not session.is_live(now, hours, idle_minutes):
        return False
    user = UserStore(tx).by_id(session.user_id)
    return user is not None and user.may_enter(now)


def end(tx: Transaction, session: UserSession, by: str, why: SessionEnd, now: datetime, reason: str = "") -> bool:
    """End it and have its browser told. `reason`: an administrator's. False if it had ended already."""
    assert session.id is not None
    if not SessionStore(tx).end(session.id, by, reason or why, now):
        return False
    told = {"session_id": session.id, "user_id": session.user_id, "why": why.value}
    Outbox(tx).add([OutboxEntry(topics.SESSION, told, now)])
    return True


def end_all(
    tx: Transaction, user_id: int, by: str, why: SessionEnd, now: datetime, kept: int | None = None, reason: str = ""
) -> int:
    """End every session of this person but the one `kept`; how many there were."""
    return sum(
        end(tx, session, by, why, now, reason) for session in SessionStore(tx).open(user_id) if session.id != kept
    )


def sign_out(storage: Storage, session_id: int, username: str, now: datetime) -> None:
    """Somebody ends their own session."""
    with storage.writing() as tx:
        session = SessionStore(tx).by_id(session_id)
        if session is not None and end(tx, session, username, SessionEnd.SIGNED_OUT, now):
            AuditLog(tx).add(now, username, "sign_out", f"user:{username}")


def live(storage: Storage, now: datetime, hours: int, idle_minutes: int) -> list[tuple[UserSession, User]]:
    """Who is signed in where, last seen first."""
    with storage.reading() as tx:
        people = {user.id: user for user in UserStore(tx).all()}
        return [
            (session, people[session.user_id])
            for session in SessionStore(tx).open()
            if session.is_live(now, hours, idle_minutes)
        ]


def goes_on(storage: Storage, session_id: int | None, now: datetime, hours: int) -> bool:
    """`is_live`, for what asks again and again; nobody's session (None) is not. Raises StorageError."""
    with storage.reading() as tx:
        return session_id is not None and is_live(tx, session_id, now, hours)


def open_of(storage: Storage, user: User) -> list[UserSession]:
    """Sessions of somebody that have not been ended, last seen first."""
    with storage.reading() as tx:
        return SessionStore(tx).open(user.id)


def own(storage: Storage, user: User, now: datetime, hours: int, idle_minutes: int) -> list[UserSession]:
    """Where this person is signed in, last seen first."""
    assert user.id is not None
    with storage.reading() as tx:
        return [session for session in SessionStore(tx).open(user.id) if session.is_live(now, hours, idle_minutes)]


def end_own(storage: Storage, user: User, session_id: int, now: datetime) -> None:
    """Somebody ends one of their own sessions from another. Raises NotFound for others' too."""
    with storage.writing() as tx:
        session = SessionStore(tx).by_id(session_id)
        if (
            session is None
            or session.user_id != user.id
            or not end(tx, session, user.username, SessionEnd.SIGNED_OUT, now)
        ):
            raise NotFound("accounts.no_own_session", id=session_id)
        AuditLog(tx).add(
            now, user.username, "session.end", f"user:{user.username}", f"session {session_id}, by themselves"
        )


def end_others(storage: Storage, user: User, kept: int, now: datetime) -> int:
    """Somebody ends all their sessions but this one; how many there were."""
    assert user.id is not None
    with storage.writing() as tx:
        ended = end_all(tx, user.id, user.username, SessionEnd.SIGNED_OUT, now, kept=kept)
        AuditLog(tx).add(
            now, user.username, "session.end_all", f"user:{user.username}", f"{ended} other sessions, by themselves"
        )
    return ended


def end_by_administrator(storage: Storage, session_id: int, reason: str, by: str, now: datetime) -> User:
    """End one session of somebody. Raises Refused without a reason, NotFound where it has ended already."""
    said = require_reason(reason)
    with storage.writing() as tx:
        session = SessionStore(tx).by_id(session_id)
        user = UserStore(tx).by_id(session.user_id) if session else None
        if session is None or user is None or not end(tx, session, by, SessionEnd.BY_ADMINISTRATOR, now, said):
            raise NotFound("accounts.no_session", id=session_id)
        AuditLog(tx).add(now, by, "session.end", f"user:{user.username}", f"session {session_id}: {said}")
    return user


def end_all_by_administrator(storage: Storage, username: str, reason: str, by: str, now: datetime) -> int:
    """End all sessions of somebody; how many there were. Raises Refused without a reason, and NotFound."""
    said = require_reason(reason)
    with storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        if user is None or user.id is None:
            raise NotFound("accounts.no_user", username=username)
        ended = end_all(tx, user.id, by, SessionEnd.BY_ADMINISTRATOR, now, reason=said)
        AuditLog(tx).add(now, by, "session.end_all", f"user:{username}", f"{ended} sessions: {said}")
    return ended


def end_expired(storage: Storage, now: datetime, hours: int, idle_minutes: int | None = None) -> int:
    """End the sessions whose hours are over, that nobody has used for so long, or whose person's account has come to
    its end; how many there were."""
    with storage.reading() as tx:
        gone = {user.id for user in UserStore(tx).all() if user.has_expired(now)}
        over = [
            (session, SessionEnd.ACCOUNT_EXPIRED if session.user_id in gone else SessionEnd.EXPIRED)
            for session in SessionStore(tx).open()
            if session.user_id in gone or not session.is_live(now, hours, idle_minutes)
        ]
    if not over:
        return 0
    with storage.writing() as tx:
        return sum(end(tx, session, "", why, now) for session, why in over)


def forget_ended(tx: Transaction, now: datetime) -> int:
    """Delete those that ended long ago; how many there were."""
    return SessionStore(tx).forget(now - ENDED_KEPT)


def require_reason(reason: str) -> str:
    """As it is kept: one line. Raises Refused for none, or one without end."""
    said = one_line(reason)
    if not said or len(said) > MAX_REASON:
        raise Refused("accounts.reason", most=MAX_REASON, field="reason")
    return said


def _note_seen(storage: Storage, session: UserSession, now: datetime, active: bool) -> None:
    last = (session.active_at or session.seen_at) if active else session.seen_at
    if now - last < SEEN_NOTED_EVERY:
        return
    assert session.id is not None
    try:
        with storage.writing() as tx:
            SessionStore(tx).touch(session.id, now, active)
    except StorageError as error:  # what was asked for may be possible all the same
        log.warning("that a session was seen could not be noted: %s", error)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
