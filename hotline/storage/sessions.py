"""Who is signed in where, known by the SHA-256 of what the browser holds."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from hotline.domain.session import UserSession
from hotline.storage.inserted import new_id
from hotline.storage.tables import user_session


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


class SqlSessions:
    """Fulfils hotline.services.ports_accounts.Sessions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token_sha256: str, session: UserSession) -> UserSession:
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
        row = self._connection.execute(
            select(user_session).where(user_session.c.token_sha256 == token_sha256, user_session.c.ended_at.is_(None))
        ).first()
        return _session(row) if row else None

    def by_id(self, session_id: int) -> UserSession | None:
        row = self._connection.execute(select(user_session).where(user_session.c.id == session_id)).first()
        return _session(row) if row else None

    def open(self, user_id: int | None = None) -> list[UserSession]:
        query = select(user_session).where(user_session.c.ended_at.is_(None))
        if user_id is not None:
            query = query.where(user_session.c.user_id == user_id)
        ordered = query.order_by(user_session.c.seen_at.desc(), user_session.c.id.desc())
        return [_session(row) for row in self._connection.execute(ordered)]

    def touch(self, session_id: int, now: datetime, active: bool) -> None:
        noted = {"seen_at": now, "active_at": now} if active else {"seen_at": now}
        self._connection.execute(update(user_session).where(user_session.c.id == session_id).values(noted))

    def give_token(self, session_id: int, token_sha256: str) -> None:
        self._connection.execute(
            update(user_session).where(user_session.c.id == session_id).values(token_sha256=token_sha256)
        )

    def end(self, session_id: int, by: str, why: str, now: datetime) -> bool:
        return (
            self._connection.execute(
                update(user_session)
                .where(user_session.c.id == session_id, user_session.c.ended_at.is_(None))
                .values(ended_at=now, ended_by=by, ended_why=why)
            ).rowcount
            > 0
        )

    def forget(self, ended_before: datetime) -> int:
        return self._connection.execute(delete(user_session).where(user_session.c.ended_at < ended_before)).rowcount
