"""What was found when the site was looked over, and which steps of its set-up were left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from hotline.domain.reasons import Reason
from hotline.storage.first_hour.tables import check_finding, set_up_mark
from hotline.storage.transaction import TableStore

#: level, what, detail, advice
Row = tuple[str, str, Reason, Reason | None]


class FindingStore(TableStore):
    def replace(self, rows: Sequence[Row], now: datetime) -> None:
        """Those of this look stand in the place of those of the last."""
        self._connection.execute(delete(check_finding))
        if rows:
            values = [
                {"place": place, "level": level, "what": what, "detail": detail, "advice": advice, "found_at": now}
                for place, (level, what, detail, advice) in enumerate(rows)
            ]
            self._connection.execute(insert(check_finding), values)

    def all(self) -> tuple[list[Row], datetime | None]:
        """In the order in which they were found, and when."""
        rows = self._connection.execute(select(check_finding).order_by(check_finding.c.place)).all()
        found = [(row.level, row.what, row.detail, row.advice) for row in rows]
        return found, rows[0].found_at if rows else None

    def count(self, levels: Sequence[str]) -> int:
        wanted = select(func.count()).select_from(check_finding).where(check_finding.c.level.in_(levels))
        return self._connection.scalar(wanted) or 0


class MarkStore(TableStore):
    def all(self) -> frozenset[str]:
        return frozenset(self._connection.scalars(select(set_up_mark.c.step)))

    def mark(self, step: str, by: str, now: datetime) -> None:
        self.unmark(step)
        self._connection.execute(insert(set_up_mark).values(step=step, marked_by=by, marked_at=now))

    def unmark(self, step: str) -> None:
        self._connection.execute(delete(set_up_mark).where(set_up_mark.c.step == step))
