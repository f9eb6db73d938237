"""How often somebody did something within a window of time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from hotline.domain.accounts.attempts import Window
from hotline.storage.accounts.tables import attempt
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

_LONGEST_SUBJECT = 200


class AttemptStore(TableStore):
    """Guesses, counted by kind, subject and the beginning of a window."""

    def count(self, kind: str, subject: str, began_at: datetime) -> int:
        return (
            self._connection.scalar(
                select(attempt.c.count).where(
                    attempt.c.kind == kind,
                    attempt.c.subject == subject[:_LONGEST_SUBJECT],
                    attempt.c.began_at == began_at,
                )
            )
            or 0
        )

    def add(self, kind: str, subject: str, began_at: datetime, how_many: int) -> int:
        """How many there are then."""
        statement = insert_into(self._connection, attempt).values(
            kind=kind, subject=subject[:_LONGEST_SUBJECT], began_at=began_at, count=max(how_many, 0)
        )
        counted = statement.on_conflict_do_update(
            index_elements=["kind", "subject", "began_at"], set_={"count": attempt.c.count + how_many}
        )
        return self._connection.scalar(counted.returning(attempt.c.count)) or 0

    def ended(self, kind: str, before: datetime) -> list[Window]:
        """The windows of this kind that began before then, oldest first."""
        rows = self._connection.execute(
            select(attempt.c.kind, attempt.c.subject, attempt.c.began_at, attempt.c.count)
            .where(attempt.c.kind == kind, attempt.c.began_at < before)
            .order_by(attempt.c.began_at, attempt.c.subject)
        )
        return [Window(kind, subject, began_at, count) for kind, subject, began_at, count in rows]

    def began_before(self, before: datetime, kind: str = "") -> bool:
        """Whether `forget` would find any."""
        wanted = select(attempt.c.count).where(*_before(before, kind)).limit(1)
        return self._connection.execute(wanted).first() is not None

    def forget(self, before: datetime, kind: str = "") -> None:
        """Those that began before then; "": of every kind."""
        self._connection.execute(delete(attempt).where(*_before(before, kind)))


def _before(before: datetime, kind: str) -> tuple[ColumnElement[bool], ...]:
    return (attempt.c.began_at < before, *((attempt.c.kind == kind,) if kind else ()))
