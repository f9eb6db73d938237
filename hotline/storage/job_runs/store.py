"""How the jobs ran, which there are, and which somebody wants to be run."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from hotline.domain.job_runs.outcome import JobOutcome
from hotline.domain.reasons import Reason
from hotline.storage.inserted import new_id
from hotline.storage.job_runs.tables import job_known, job_outcome, job_wish
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

_COLUMNS = tuple(each.name for each in dataclasses.fields(JobOutcome))


class JobRunStore(TableStore):
    """Outcomes, newest first where there are several."""

    def keep(self, outcome: JobOutcome) -> JobOutcome:
        """Write it, joined with the one before where both are quiet and of one hour."""
        if outcome.id:
            self._change(outcome)
            return outcome
        before = self._latest(outcome.job)
        joined = before.joined(outcome) if before else None
        if joined is not None:
            self._change(joined)
            return joined
        values = insert(job_outcome).values(_values(outcome))
        return dataclasses.replace(outcome, id=new_id(self._connection.execute(values)))

    def latest(self) -> dict[str, JobOutcome]:
        """The newest of each job."""
        newest = select(func.max(job_outcome.c.id)).group_by(job_outcome.c.job)
        rows = self._connection.execute(select(job_outcome).where(job_outcome.c.id.in_(newest)))
        return {row.job: _outcome(row) for row in rows}

    def of(self, job: str, limit: int, offset: int = 0) -> list[JobOutcome]:
        found = select(job_outcome).where(job_outcome.c.job == job).order_by(job_outcome.c.id.desc())
        return [_outcome(row) for row in self._connection.execute(found.limit(limit).offset(offset))]

    def count(self, job: str) -> int:
        counted = select(func.count()).select_from(job_outcome).where(job_outcome.c.job == job)
        return self._connection.scalar(counted) or 0

    def end_running(self, now: datetime, problem: Reason) -> None:
        """What a process that died has left running."""
        left = job_outcome.c.ended_at.is_(None)
        self._connection.execute(update(job_outcome).where(left).values(ended_at=now, problem=problem))

    def forget_before(self, moment: datetime) -> None:
        self._connection.execute(delete(job_outcome).where(job_outcome.c.started_at < moment))

    def know(self, jobs: Mapping[str, int]) -> None:
        """Which jobs there are, and every how many seconds each comes."""
        self._connection.execute(delete(job_known))
        for name, seconds in jobs.items():
            self._connection.execute(insert(job_known).values(job=name, seconds=seconds))

    def known(self) -> dict[str, int]:
        rows = self._connection.execute(select(job_known).order_by(job_known.c.job))
        return {row.job: row.seconds for row in rows}

    def wish(self, job: str, by: str, now: datetime) -> bool:
        """False when somebody wishes for it already."""
        first = insert_into(self._connection, job_wish).on_conflict_do_nothing(index_elements=["job"])
        values = {"job": job, "asked_by": by, "asked_at": now}
        return self._connection.execute(first.returning(job_wish.c.job), values).first() is not None

    def wishes(self) -> dict[str, str]:
        """Who wishes for which."""
        return {row.job: row.asked_by for row in self._connection.execute(select(job_wish))}

    def fulfil(self, job: str) -> bool:
        """Take the wish away; False when it is gone already."""
        taken = delete(job_wish).where(job_wish.c.job == job).returning(job_wish.c.job)
        return self._connection.execute(taken).first() is not None

    def _latest(self, job: str) -> JobOutcome | None:
        return next(iter(self.of(job, 1)), None)

    def _change(self, outcome: JobOutcome) -> None:
        self._connection.execute(update(job_outcome).where(job_outcome.c.id == outcome.id).values(_values(outcome)))


def _values(outcome: JobOutcome) -> dict[str, Any]:
    return {name: getattr(outcome, name) for name in _COLUMNS if name != "id"}


def _outcome(row: Row[Any]) -> JobOutcome:
    return JobOutcome(**{name: getattr(row, name) for name in _COLUMNS})
