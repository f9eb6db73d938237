"""Visits as verdicts are made of them: without whom they were of, and what was said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select

from hotline.domain.batches import batches
from hotline.domain.recordings.recording import RecordingState
from hotline.storage.cases.tables import service_case
from hotline.storage.recordings.tables import recording
from hotline.storage.transaction import Transaction
from hotline.storage.visits.tables import visit

_V = visit.c


class ClosedVisit(NamedTuple):
    """`written`: its content stands there. `recorded`: how many recordings its call has. `case_opened_by`: of one whose
    origin is a case."""

    id: int
    origin: str
    line: str
    way: str
    ending: str
    begins_at: datetime
    due_at: datetime
    closed_at: datetime
    closed_by: str
    visitor: str
    barred: Sequence[str]
    about: str
    tries: int
    written: bool
    recorded: int
    case_opened_by: str | None


def closed_visits(tx: Transaction, ids: Collection[str]) -> Iterator[ClosedVisit]:
    recordings = (
        select(func.count())
        .select_from(recording)
        .where(recording.c.node == _V.node, recording.c.linkedid == _V.linkedid, recording.c.state != "missing")
        .scalar_subquery()
    )
    case = and_(_V.origin == "case", service_case.c.id == _V.subject_id)
    for some in batches(sorted(map(int, ids))):
        rows = tx.connection.execute(
            select(
                _V.id,
                _V.origin,
                _V.line,
                _V.way,
                _V.ending,
                _V.begins_at,
                _V.due_at,
                _V.closed_at,
                _V.closed_by,
                _V.visitor,
                _V.barred,
                _V.about,
                _V.tries,
                _V.content != "",
                recordings,
                service_case.c.opened_by,
            )
            .outerjoin(service_case, case)
            .where(_V.id.in_(some), _V.closed_at.is_not(None))
        )
        for row in rows:
            yield ClosedVisit._make(row)


def visit_recordings(tx: Transaction, start: datetime, end: datetime) -> tuple[int, int]:
    """Of the calls of visits that were closed in that time: how many recordings they have, and how many of these are
    missing."""
    own = and_(recording.c.node == _V.node, recording.c.linkedid == _V.linkedid)
    row = tx.connection.execute(
        select(func.count(), func.count().filter(recording.c.state == RecordingState.MISSING.value))
        .select_from(visit.join(recording, own))
        .where(_V.closed_at >= start, _V.closed_at < end)
    ).one()
    return row[0], row[1]
