"""Second factors and recovery codes, by the person's account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from hotline.storage.sign_in.tables import recovery_code, second_factor
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """`secret`, `pending`: sealed; None for none."""

    secret: str | None
    confirmed_at: datetime | None
    last_step: int
    pending: str | None


class SecondFactorStore(TableStore):
    def of(self, user_id: int) -> SecondFactor | None:
        row = self._connection.execute(
            select(
                second_factor.c.secret, second_factor.c.confirmed_at, second_factor.c.last_step, second_factor.c.pending
            ).where(second_factor.c.user_id == user_id)
        ).first()
        return SecondFactor(*row) if row else None

    def propose(self, user_id: int, pending: str, now: datetime) -> None:
        """A secret that waits for its first code; what is in use stays."""
        waiting = {"pending": pending, "pending_at": now}
        self._connection.execute(
            insert_into(self._connection, second_factor)
            .values(user_id=user_id, last_step=0, **waiting)
            .on_conflict_do_update(index_elements=["user_id"], set_=waiting)
        )

    def confirm(self, user_id: int, pending: str, step: int, now: datetime) -> bool:
        """What waited is in use from now on, the code of this step is used up. False: it is not what waits any more."""
        confirmed = (
            update(second_factor)
            .where(second_factor.c.user_id == user_id, second_factor.c.pending == pending)
            .values(secret=pending, confirmed_at=now, last_step=step, pending=None, pending_at=None)
            .returning(second_factor.c.user_id)
        )
        return self._connection.execute(confirmed).first() is not None

    def use_step(self, user_id: int, secret: str, step: int) -> bool:
        """False: a code of this step, or of a later one, was taken already, or the secret is another by now."""
        used = (
            update(second_factor)
            .where(
                second_factor.c.user_id == user_id, second_factor.c.secret == secret, second_factor.c.last_step < step
            )
            .values(last_step=step)
            .returning(second_factor.c.user_id)
        )
        return self._connection.execute(used).first() is not None

    def use_recovery_code(self, user_id: int, code_sha256: str, now: datetime) -> bool:
        """False: there is none, or it was used already."""
        used = (
            update(recovery_code)
            .where(
                recovery_code.c.user_id == user_id,
                recovery_code.c.code_sha256 == code_sha256,
                recovery_code.c.used_at.is_(None),
            )
            .values(used_at=now)
            .returning(recovery_code.c.id)
        )
        return self._connection.execute(used).first() is not None

    def give_recovery_codes(self, user_id: int, digests: Iterable[str], now: datetime) -> None:
        """In place of all earlier ones."""
        self._connection.execute(delete(recovery_code).where(recovery_code.c.user_id == user_id))
        rows = [{"user_id": user_id, "code_sha256": digest, "made_at": now} for digest in digests]
        self._connection.execute(insert(recovery_code), rows)

    def recovery_codes_left(self, user_id: int) -> int:
        left = select(func.count()).where(recovery_code.c.user_id == user_id, recovery_code.c.used_at.is_(None))
        return self._connection.scalar(left) or 0

    def take_away(self, user_id: int) -> None:
        """With the recovery codes."""
        self._connection.execute(delete(recovery_code).where(recovery_code.c.user_id == user_id))
        self._connection.execute(delete(second_factor).where(second_factor.c.user_id == user_id))
