"""Duties that one process in the whole system may have at a time, and runs that happen once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, bindparam, delete, or_, select, update

from hotline.storage.tables import job_run, lease
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into, leaving

#: Asked every few seconds: made once, since making it costs as much as asking.
_CLAIMED_AFTER = select(job_run.c.id).where(job_run.c.started_at > bindparam("moment")).limit(1)


class LeaseStore(TableStore):
    """Each is one statement: the database itself is the judge."""

    def acquire(self, name: str, holder: str, now: datetime, seconds: int) -> bool:
        """Take or renew the lease; False while somebody else holds it."""
        values = {"holder": holder, "expires_at": now + timedelta(seconds=seconds)}
        takes = insert_into(self._connection, lease).on_conflict_do_update(
            index_elements=["name"], set_=values, where=or_(lease.c.holder == holder, lease.c.expires_at <= now)
        )
        return self._wrote(takes.returning(lease.c.name), {"name": name, **values})

    def held(self, name: str) -> tuple[str, datetime] | None:
        """Who holds the lease and until when, whatever the clock says now."""
        row = self._connection.execute(select(lease.c.holder, lease.c.expires_at).where(lease.c.name == name)).first()
        return (row.holder, row.expires_at) if row else None

    def take_over(self, name: str, held: tuple[str, datetime], holder: str, now: datetime, seconds: int) -> bool:
        """Take the lease from whoever held it so; False when it has been renewed or taken since."""
        before, expires_at = held
        takes = update(lease).where(lease.c.name == name, lease.c.holder == before, lease.c.expires_at == expires_at)
        values = {"holder": holder, "expires_at": now + timedelta(seconds=seconds)}
        return self._connection.execute(takes.values(values)).rowcount == 1

    def release(self, name: str, holder: str) -> None:
        self._connection.execute(delete(lease).where(lease.c.name == name, lease.c.holder == holder))

    def holders(self, prefix: str, now: datetime) -> list[str]:
        """Who holds leases whose names begin so, in order."""
        held = lease.c.name.startswith(prefix, autoescape=True) & (lease.c.expires_at > now)
        return list(self._connection.scalars(select(lease.c.holder).where(held).order_by(lease.c.holder)))

    def forget_expired(self, prefix: str, now: datetime) -> None:
        """Delete what nobody holds any more of leases whose names begin so."""
        over = lease.c.name.startswith(prefix, autoescape=True) & (lease.c.expires_at <= now)
        self._connection.execute(delete(lease).where(over))

    def claim(self, job: str, slot: str, now: datetime) -> bool:
        """True for the first to claim this slot of this job."""
        first = leaving(self._connection, job_run, "job", "slot", told=("id",))
        return self._wrote(first, {"job": job, "slot": slot, "started_at": now})

    def forget_claims(self, before: datetime) -> int:
        """Delete the claims of runs begun before then; how many there were."""
        return self._connection.execute(delete(job_run).where(job_run.c.started_at < before)).rowcount

    def has_claims_after(self, moment: datetime) -> bool:
        """Whether `forget_claims_after` would find any."""
        return self._connection.execute(_CLAIMED_AFTER, {"moment": moment}).first() is not None

    def forget_claims_after(self, moment: datetime) -> int:
        """Delete the claims of runs begun after then; how many there were."""
        return self._connection.execute(delete(job_run).where(job_run.c.started_at > moment)).rowcount

    def _wrote(self, statement: Executable, values: Mapping[str, Any]) -> bool:
        """Whether a row came of it: the row count of an insert is not the same thing in every driver."""
        return self._connection.execute(statement, values).first() is not None
