"""What people wrote of their work (`SummaryStore`)."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from hotline.domain.scheduled_reports.summary import SummarySpan, WorkSummary
from hotline.storage.scheduled_reports.tables import work_summary
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import rewriting

_W = work_summary.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(WorkSummary) if each.name != "id")


class SummaryStore(TableStore):
    def keep(self, one: WorkSummary) -> None:
        """In place of what they wrote of the same span before."""
        values = {name: getattr(one, name) for name in _COLUMNS} | {
            "span": one.span.value,
            "first": one.first.isoformat(),
        }
        self._connection.execute(rewriting(self._connection, work_summary, "person_id", "span", "first"), [values])

    def by_id(self, summary_id: int) -> WorkSummary | None:
        return next(iter(self._found(select(work_summary).where(_W.id == summary_id))), None)

    def of(self, person_id: int, span: SummarySpan, first: date) -> WorkSummary | None:
        these = (_W.person_id == person_id, _W.span == span.value, _W.first == first.isoformat())
        return next(iter(self._found(select(work_summary).where(*these))), None)

    def between(self, span: SummarySpan, since: date, until: date, persons: Collection[int]) -> list[WorkSummary]:
        """Those whose first day lies in [since, until), the latest first."""
        these = (
            _W.span == span.value,
            _W.first >= since.isoformat(),
            _W.first < until.isoformat(),
            _W.person_id.in_(sorted(persons)),
        )
        return self._found(select(work_summary).where(*these).order_by(_W.first.desc(), _W.person_id))

    def read(self, summary_id: int, by: str, at: datetime) -> bool:
        """The first to read it; False when somebody had."""
        unread = update(work_summary).where(_W.id == summary_id, _W.read_at.is_(None))
        return self._connection.execute(unread.values(read_by=by, read_at=at)).rowcount == 1

    def reply(self, summary_id: int, reply: str) -> None:
        self._connection.execute(update(work_summary).where(_W.id == summary_id).values(reply=reply))

    def _found(self, wanted: Select[Any]) -> list[WorkSummary]:
        return [_summary(row) for row in self._connection.execute(wanted)]


def _summary(row: Row[Any]) -> WorkSummary:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return WorkSummary(**{**values, "span": SummarySpan(row.span), "first": date.fromisoformat(row.first)}, id=row.id)
