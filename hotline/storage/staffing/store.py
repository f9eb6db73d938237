"""Calls of the past as numbers, and what supervisors say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select

from hotline.domain.calendar import local_day
from hotline.domain.calls.call import Direction, Outcome
from hotline.domain.staffing.days import SLOTS, LikeDay
from hotline.domain.staffing.left_out import LeftOutDay
from hotline.domain.time import SHANGHAI, midnight
from hotline.storage.calls.tables import call
from hotline.storage.inserted import new_id
from hotline.storage.line.tables import line_override
from hotline.storage.staffing.tables import left_out_day, typed_volume
from hotline.storage.transaction import TableStore

_C = call.c

#: Who wanted to talk with one of us; whoever left in the menu, was blocked or broken off by us did not get so far.
_WANTED = tuple(
    each.value
    for each in (
        Outcome.ANSWERED,
        Outcome.ABANDONED_QUEUE,
        Outcome.NO_ANSWER,
        Outcome.FORWARDED_ANSWERED,
        Outcome.FORWARDED_UNANSWERED,
        Outcome.VOICEMAIL,
        Outcome.CALLBACK_REQUESTED,
    )
)
#: Of these the wait is that of a caller in the queue.
_QUEUED = (Outcome.ANSWERED.value, Outcome.ABANDONED_QUEUE.value)


#: Fewer callers who hung up say nothing of how long callers wait.
LEAST_GONE = 30


@dataclass(frozen=True, slots=True)
class Lasting:
    """`talk_seconds`: of a talk on average; `patience_seconds`: how long callers wait before they hang up, which is all
    waiting time divided by how many hung up (those answered would have waited longer still). None: no
    call says, or fewer than LEAST_GONE of them."""

    talk_seconds: float | None
    patience_seconds: float | None


class VolumeStore(TableStore):
    def by_half_hour(self, line: str, since: datetime, until: datetime) -> dict[date, list[int]]:
        """Calls of each day in Shanghai by half hour; days without calls are left out. `line` "": of all. Grouped by
        the database, from the ledger's index alone."""
        found: dict[date, list[int]] = defaultdict(lambda: [0] * SLOTS)
        sqlite = self._connection.dialect.name == "sqlite"
        bucket: ColumnElement[Any] = (
            # Ten minutes, as the text of a moment begins: no function of dates is called a million times.
            func.substr(_C.started_at, 1, 15) if sqlite else func.floor(func.extract("epoch", _C.started_at) / 1800)
        )
        wanted = select(bucket, func.count()).where(*_came(line, since, until)).group_by(bucket)
        for begins, count in self._connection.execute(wanted):
            at = (
                datetime.fromisoformat(f"{begins}0:00+00:00")
                if sqlite
                else datetime.fromtimestamp(int(begins) * 1800, UTC)
            )
            here = at.astimezone(SHANGHAI)
            found[here.date()][here.hour * 2 + here.minute // 30] += count
        return found

    def lasting(self, line: str, since: datetime, until: datetime) -> Lasting:
        """Of the calls of this time: weeks, not a year, since talks stand in the rows themselves."""
        talked, left = _C.outcome == Outcome.ANSWERED.value, _C.outcome == Outcome.ABANDONED_QUEUE.value
        wanted = select(
            func.avg(_C.talk_seconds).filter(talked),
            func.sum(_C.wait_seconds).filter(_C.outcome.in_(_QUEUED)),
            func.count().filter(left),
        ).where(*_came(line, since, until))
        talk, waited, gone = self._connection.execute(wanted).one()
        return Lasting(float(talk) if talk else None, float(waited) / gone if gone >= LEAST_GONE and waited else None)

    def declared(self, line: str, since: datetime) -> set[date]:
        """Days on which somebody declared this line, or all of them, open or closed."""
        over = func.coalesce(line_override.c.cancelled_at, line_override.c.ends_at)
        lines = () if not line else (line_override.c.line.in_(("", line)),)
        wanted = select(line_override.c.starts_at, line_override.c.ends_at, line_override.c.cancelled_at)
        found: set[date] = set()
        for row in self._connection.execute(wanted.where(over >= since, over > line_override.c.starts_at, *lines)):
            first, last = local_day(row.starts_at), local_day(row.cancelled_at or row.ends_at)
            found |= {first + timedelta(days=each) for each in range((last - first).days + 1)}
        return found

    def typed(self, line: str) -> dict[LikeDay, list[float]]:
        """What was typed in for this line; {} for nothing. Of a week nothing is unknown then: what has no row is 0."""
        rows = list(self._connection.execute(select(typed_volume).where(typed_volume.c.line == line)))
        found: dict[LikeDay, list[float]] = defaultdict(lambda: [0.0] * SLOTS)
        if rows:
            found.update({like: [0.0] * SLOTS for like in LikeDay if like is not LikeDay.HOLIDAY})
        for row in rows:
            found[LikeDay(row.like_day)][row.slot] = row.calls
        return dict(found)

    def type_in(self, line: str, volumes: Mapping[LikeDay, Iterable[float]]) -> None:
        """In place of what stood there; what is 0 is not kept."""
        self._connection.execute(delete(typed_volume).where(typed_volume.c.line == line))
        rows = [
            {"line": line, "like_day": int(like), "slot": slot, "calls": calls}
            for like, course in volumes.items()
            for slot, calls in enumerate(course)
            if calls
        ]
        if rows:
            self._connection.execute(insert(typed_volume), rows)


class LeftOutDayStore(TableStore):
    def of(self, line: str) -> list[LeftOutDay]:
        """Of this line and of all, the latest first."""
        wanted = select(left_out_day).where(left_out_day.c.line.in_(("", line))).order_by(left_out_day.c.day_at.desc())
        return [
            LeftOutDay(row.line, local_day(row.day_at), row.why, row.left_out_by, row.left_out_at, row.id)
            for row in self._connection.execute(wanted)
        ]

    def add(self, new: LeftOutDay) -> LeftOutDay:
        added = self._connection.execute(
            insert(left_out_day).values(
                line=new.line,
                day_at=midnight(new.day),
                why=new.why,
                left_out_by=new.left_out_by,
                left_out_at=new.left_out_at,
            )
        )
        return replace(new, id=new_id(added))

    def remove(self, row_id: int) -> LeftOutDay | None:
        """What it was; None for none."""
        row = self._connection.execute(select(left_out_day).where(left_out_day.c.id == row_id)).first()
        if row is None:
            return None
        self._connection.execute(delete(left_out_day).where(left_out_day.c.id == row_id))
        return LeftOutDay(row.line, local_day(row.day_at), row.why, row.left_out_by, row.left_out_at, row.id)


def _came(line: str, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    wanted = (
        _C.started_at >= since,
        _C.started_at < until,
        _C.direction == Direction.INBOUND.value,
        _C.outcome.in_(_WANTED),
    )
    return (*wanted, _C.line == line) if line else wanted
