"""Which account of the company is whose here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from hotline.storage.sign_in.tables import outside_account
from hotline.storage.transaction import TableStore


@dataclass(frozen=True, slots=True)
class Binding:
    """`subject` None: expected by `mail`, at the first sign-in."""

    user_id: int
    provider: str
    subject: str | None
    mail: str | None
    bound_at: datetime
    bound_by: str
    seen_at: datetime | None = None


_COLUMNS = (
    outside_account.c.user_id,
    outside_account.c.provider,
    outside_account.c.subject,
    outside_account.c.mail,
    outside_account.c.bound_at,
    outside_account.c.bound_by,
    outside_account.c.seen_at,
)


class OutsideStore(TableStore):
    def of_user(self, user_id: int) -> Binding | None:
        return next(iter(self._where(outside_account.c.user_id == user_id)), None)

    def by_subject(self, provider: str, subject: str) -> Binding | None:
        found = self._where(outside_account.c.provider == provider, outside_account.c.subject == subject)
        return next(iter(found), None)

    def expected(self, provider: str, mail: str) -> Sequence[Binding]:
        """Who is to come with this address, and has not come yet."""
        return self._where(
            outside_account.c.provider == provider, outside_account.c.mail == mail, outside_account.c.subject.is_(None)
        )

    def add(self, binding: Binding) -> None:
        """In place of what this person had."""
        self.remove(binding.user_id)
        self._connection.execute(
            insert(outside_account).values(
                user_id=binding.user_id,
                provider=binding.provider,
                subject=binding.subject,
                mail=binding.mail,
                bound_at=binding.bound_at,
                bound_by=binding.bound_by,
                seen_at=binding.seen_at,
            )
        )

    def come(self, user_id: int, subject: str) -> bool:
        """Who was expected has come. False: somebody else was quicker."""
        bound = (
            update(outside_account)
            .where(outside_account.c.user_id == user_id, outside_account.c.subject.is_(None))
            .values(subject=subject)
            .returning(outside_account.c.id)
        )
        return self._connection.execute(bound).first() is not None

    def seen(self, user_id: int, now: datetime) -> None:
        self._connection.execute(
            update(outside_account).where(outside_account.c.user_id == user_id).values(seen_at=now)
        )

    def remove(self, user_id: int) -> None:
        self._connection.execute(delete(outside_account).where(outside_account.c.user_id == user_id))

    def _where(self, *conditions: ColumnElement[bool]) -> list[Binding]:
        return [Binding(*row) for row in self._connection.execute(select(*_COLUMNS).where(*conditions))]
