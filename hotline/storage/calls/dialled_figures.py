"""What became of the calls that we dialled, summed in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, case, func, select

from hotline.domain.calls.call import Direction
from hotline.domain.dialling.figures import DialledFigures
from hotline.storage.calls.tables import call
from hotline.storage.transaction import TableStore

_OVER = call.c.ended_at.is_not(None)
_REACHED = and_(_OVER, call.c.talk_seconds > 0)


class DialledFigureStore(TableStore):
    def between(self, since: datetime, until: datetime) -> DialledFigures:
        """Of those that began in [since, until)."""
        row = self._connection.execute(
            select(
                func.count(),
                func.coalesce(func.sum(case((_OVER, 1), else_=0)), 0),
                func.coalesce(func.sum(case((_REACHED, 1), else_=0)), 0),
                func.coalesce(func.sum(case((_REACHED, call.c.talk_seconds), else_=0.0)), 0.0),
            ).where(call.c.started_at >= since, call.c.started_at < until, call.c.direction == Direction.DIALLED.value)
        ).one()
        return DialledFigures(int(row[0]), int(row[1]), int(row[2]), round(float(row[3]), 3))
