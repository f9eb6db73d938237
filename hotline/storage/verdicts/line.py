"""The line's own matters as verdicts are made of them: its test calls, who was blocked, the duty mobile."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from hotline.domain.batches import batches
from hotline.storage.line.tables import blocked_number, duty_handover, line_test
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.generations import Mark
from hotline.storage.verdicts.marks import Marked

_T, _B, _H = line_test.c, blocked_number.c, duty_handover.c


def tests_finished(tx: Transaction, after: Mark, until: datetime) -> list[Marked]:
    """After the mark, all of them: a line is tested at most once an hour."""
    rows = tx.connection.execute(
        select(_T.id, _T.finished_at)
        .where(_T.finished_at > after.at, _T.finished_at <= until)
        .order_by(_T.finished_at, _T.id)
    )
    return [Marked(Mark(finished_at, ""), key) for key, finished_at in rows]


def tests_between(tx: Transaction, start: datetime, end: datetime, after: Mark) -> list[Marked]:
    rows = tx.connection.execute(
        select(_T.id).where(_T.started_at >= start, _T.started_at < end, _T.id > after.key).order_by(_T.id)
    )
    return [Marked(Mark(start, key), key) for (key,) in rows]


def line_tests(tx: Transaction, ids: Collection[str]) -> Iterator[tuple[str, str, datetime, str]]:
    """Id, line, moment and result of those of these that are finished."""
    for some in batches(sorted(ids)):
        rows = tx.connection.execute(
            select(_T.id, _T.line, _T.started_at, _T.result).where(_T.id.in_(some), _T.finished_at.is_not(None))
        )
        yield from ((row.id, row.line, row.started_at, row.result) for row in rows)


def blocks(tx: Transaction, ids: Collection[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """id, reason, blocked_by, created_at, expires_at."""
    columns = (_B.id, _B.reason, _B.blocked_by, _B.created_at, _B.expires_at)
    return tx.connection.execute(select(*columns).where(_B.id.in_(list(map(int, ids))))).all()


def handed_over_to(tx: Transaction, person: str, since: datetime, until: datetime) -> bool:
    """Whether it was written down that this person was given the duty mobile in that time (A2)."""
    wanted = select(_H.id).where(_H.to_person == person, _H.at >= since, _H.at < until).limit(1)
    return tx.connection.scalar(wanted) is not None


#: A hand-over is written down around the beginning of who takes over.
AROUND = timedelta(hours=12)
