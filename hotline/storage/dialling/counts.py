"""How much was dialled, and what was found of a number when it was dialled last."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select

from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.dialling.limits import Dialled
from hotline.domain.dialling.next_try import NOT_A_TRY, OUT_OF_USE
from hotline.domain.numbers import Number
from hotline.storage.calls.tables import call
from hotline.storage.dialling.tables import dial
from hotline.storage.one_at_a_time import hold_alone
from hotline.storage.transaction import TableStore

#: Of the PostgreSQL advisory lock under which dials are counted; any constant that nothing else uses.
_COUNT_LOCK = 400_017

_ROW = dial.c

#: The customer noticed it, or may yet.
_REACHES_THEM = or_(_ROW.outcome.is_(None), _ROW.outcome.not_in(NOT_A_TRY), _ROW.ringing_at.is_not(None))


class DialCounts(TableStore):
    def one_at_a_time(self) -> None:
        """Until the transaction ends nobody else counts: of two who dial at once the second one sees the first. SQLite
        has one writer anyway."""
        hold_alone(self._connection, _COUNT_LOCK)

    def dialled(self, user: str, number: Number, today: datetime, now: datetime) -> Dialled:
        """`today`: when the day of Shanghai began."""
        return Dialled(
            in_minute=self._count(_ROW.user == user, _ROW.asked_at > now - timedelta(minutes=1)),
            in_hour=self._count(_ROW.user == user, _ROW.asked_at > now - timedelta(hours=1)),
            at_once=self._count(_ROW.ended_at.is_(None)),
            same_number_today=self._count(_ROW.number == number, _ROW.asked_at >= today, _REACHES_THEM),
        )

    def out_of_use(self, number: Number) -> DialOutcome | None:
        """What was found when it was dialled last, of a number that nobody dials any more: invalid, or somebody else's.
        Who calls us from it since has shown that somebody is to be reached there."""
        last = self._connection.execute(
            select(_ROW.outcome, _ROW.asked_at)
            .where(_ROW.number == number, _ROW.outcome.is_not(None))
            .order_by(_ROW.asked_at.desc(), _ROW.id.desc())
            .limit(1)
        ).first()
        if last is None or last.outcome not in OUT_OF_USE:
            return None
        called = select(call.c.id).where(
            call.c.caller_number == number, call.c.direction == "inbound", call.c.started_at > last.asked_at
        )
        return None if self._connection.execute(called.limit(1)).first() else DialOutcome(last.outcome)

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.count()).select_from(dial).where(*conditions)) or 0
