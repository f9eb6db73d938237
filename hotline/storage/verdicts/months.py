"""What a month comes to, as verdicts are made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, func, select

from hotline.domain.calls.call import WITH_CUSTOMER, PartyKind
from hotline.domain.floor.figures import Counted, CountsAs
from hotline.domain.visits.visit import Ending
from hotline.storage.accounts.tables import audit_log
from hotline.storage.calls.tables import call
from hotline.storage.recordings.tables import recording
from hotline.storage.satisfaction.tables import rating
from hotline.storage.transaction import Transaction
from hotline.storage.visits.tables import IS_CLOSED, visit

_C, _R, _S, _V = call.c, recording.c, rating.c, visit.c
_DIRECTIONS = [each.value for each in WITH_CUSTOMER]


def counted_by_line(tx: Transaction, start: datetime, end: datetime) -> Mapping[str, Sequence[Counted]]:
    """What each call counts as (hotline.domain.floor.figures), by line."""
    found: dict[str, list[Counted]] = defaultdict(list)
    rows = tx.connection.execute(
        select(_C.line, _C.counts_as, _C.wait_seconds, _C.answer_rings, _C.answered_by_kind).where(
            _C.started_at >= start, _C.started_at < end, _C.counts_as != ""
        )
    )
    for line, kind, waited, rings, by in rows:
        found[line].append(Counted(CountsAs(kind), waited, rings, by == PartyKind.MOBILE))
    return found


def talks(tx: Transaction, start: datetime, end: datetime) -> Sequence[tuple[str, datetime, float]]:
    """Extension, moment and seconds of each talk of an operator with a customer."""
    rows = tx.connection.execute(
        select(_C.answered_by, _C.started_at, _C.talk_seconds).where(
            _C.started_at >= start,
            _C.started_at < end,
            _C.answered_by_kind == PartyKind.OPERATOR.value,
            _C.direction.in_(_DIRECTIONS),
            _C.talk_seconds > 0,
        )
    )
    return [(extension, at, seconds) for extension, at, seconds in rows]


def rated_by_line(tx: Transaction, start: datetime, end: datetime) -> Mapping[str, tuple[int, int]]:
    """How many answered, and the sum of what they said."""
    rows = tx.connection.execute(
        select(_S.line, func.count(), func.sum(_S.answer))
        .where(_S.offered_at >= start, _S.offered_at < end, _S.answer.is_not(None))
        .group_by(_S.line)
    )
    return {line: (count, int(total)) for line, count, total in rows}


def anybody_talked(tx: Transaction, start: datetime, end: datetime) -> bool:
    """Whether any customer had one of us."""
    wanted = select(_C.id).where(
        _C.started_at >= start, _C.started_at < end, _C.direction.in_(_DIRECTIONS), _C.talk_seconds > 0
    )
    return tx.connection.execute(wanted.limit(1)).first() is not None


def anybody_visited(tx: Transaction, start: datetime, end: datetime) -> bool:
    """Whether anybody answered in a return visit, which asks how satisfied they are."""
    answered = (IS_CLOSED, _V.closed_at >= start, _V.closed_at < end, _V.ending == Ending.ANSWERED.value)
    return tx.connection.execute(select(_V.id).where(*answered).limit(1)).first() is not None


def recordings_kept(tx: Transaction, start: datetime, end: datetime, years_before: datetime) -> tuple[int, int]:
    """How many recordings began in that time, and how many of them are missing, or were deleted though they began after
    that moment."""
    lost = (_R.state == "missing") | and_(_R.state == "deleted", _R.started_at > years_before)
    row = tx.connection.execute(
        select(func.count(), func.count().filter(lost)).where(
            _R.started_at >= start, _R.started_at < end, _R.state.in_(("ready", "missing", "deleted"))
        )
    ).one()
    return row[0], row[1]


def uses_noted(tx: Transaction, start: datetime, end: datetime) -> int:
    """How many entries the audit log has of that time."""
    wanted = select(func.count()).select_from(audit_log).where(audit_log.c.at >= start, audit_log.c.at < end)
    return tx.connection.scalar(wanted) or 0
