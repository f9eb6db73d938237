"""Who is signed in where, known by the SHA-256 of what the browser holds."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from hotline.domain.accounts.session import UserSession
from hotline.storage.accounts.tables import user_session
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore


def _session(row: Row[Any]) -> UserSession:
    return UserSession(
        row.user_id,
        row.created_at,
        row.seen_at,
        row.address,
        row.agent,
        row.ended_at,
        row.ended_by,
        row.ended_why,
        row.id,
        row.active_at,
    )


class SessionStore(TableStore):
    def add(self, token_sha256: str, session: UserSession) -> UserSession:
        """The session with the id it was given."""
        result = self._connection.execute(
            insert(user_session).values(
                token_sha256=token_sha256,
                user_id=session.user_id,
                created_at=session.created_at,
                seen_at=session.seen_at,
                active_at=session.active_at,
                address=session.address,
                agent=session.agent,
            )
        )
        return dataclasses.replace(session, id=new_id(result))

    def find(self, token_sha256: str) -> UserSession | None:
        """The session of this token, if it has not ended."""
        row = self._connection.execute(
            select(user_session).where(user_session.c.token_sha256 == token_sha256, user_session.c.ended_at.is_(None))
        ).first()
        return _session(row) if row else None

    def by_id(self, session_id: int) -> UserSession | None:
        """Ended ones too."""
        row = self._connection.execute(select(user_session).where(user_session.c.id == session_id)).first()
        return _session(row) if row else None

    def open(self, user_id: int | None = None) -> list[UserSession]:
        """Those that have not ended, of one person or of all, last seen first."""
        query = select(user_session).where(user_session.c.ended_at.is_(None))
        if user_id is not None:
            query = query.where(user_session.c.user_id == user_id)
        ordered = query.order_by(user_session.c.seen_at.desc(), user_session.c.id.desc())
        return [_session(row) for row in self._connection.execute(ordered)]

    def touch(self, session_id: int, now: datetime, active: bool) -> None:
        """It was seen now, and used by somebody if `active`."""
        noted = {"seen_at": now, "active_at": now} if active else {"seen_at": now}
        self._connection.execute(update(user_session).where(user_session.c.id == session_id).values(noted))

    def give_token(self, session_id: int, token_sha256: str) -> None:
        """The session is known by this token from now on, by its old one no longer."""
        self._connection.execute(
            update(user_session).where(user_session.c.id == session_id).values(token_sha256=token_sha256)
        )

    def end(self, session_id: int, by: str, why: str, now: datetime) -> bool:
        """False if it has ended already."""
        return (
            self._connection.execute(
                update(user_session)
                .where(user_session.c.id == session_id, user_session.c.ended_at.is_(None))
                .values(ended_at=now, ended_by=by, ended_why=why)
            ).rowcount
            > 0
        )

    def forget(self, ended_before: datetime) -> int:
        """Delete those that ended before then; how many there were."""
        return self._connection.execute(delete(user_session).where(user_session.c.ended_at < ended_before)).rowcount
