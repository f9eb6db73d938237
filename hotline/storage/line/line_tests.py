"""Test calls of the lines (A4)."""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from hotline.domain.line.line_test import LineTest
from hotline.storage.line.tables import line_test
from hotline.storage.transaction import TableStore


def _line_test(row: Row[Any]) -> LineTest:
    return LineTest(row.id, row.line, row.started_at, row.result, row.finished_at, row.detail)


def _values(test: LineTest) -> dict[str, object]:
    return {each.name: getattr(test, each.name) for each in dataclasses.fields(test)}


class LineTestStore(TableStore):
    def add(self, test: LineTest) -> None:
        self._connection.execute(insert(line_test).values(_values(test)))

    def update(self, test: LineTest) -> None:
        self._connection.execute(update(line_test).where(line_test.c.id == test.id).values(_values(test)))

    def by_id(self, test_id: str) -> LineTest | None:
        return self._first(select(line_test).where(line_test.c.id == test_id))

    def latest(self, line: str) -> LineTest | None:
        newest = (line_test.c.started_at.desc(), line_test.c.id.desc())
        return self._first(select(line_test).where(line_test.c.line == line).order_by(*newest).limit(1))

    def running(self) -> list[LineTest]:
        """Oldest first."""
        rows = self._connection.execute(
            select(line_test).where(line_test.c.result == "running").order_by(line_test.c.started_at)
        )
        return [_line_test(row) for row in rows]

    def _first(self, wanted: Select[Any]) -> LineTest | None:
        row = self._connection.execute(wanted).first()
        return _line_test(row) if row else None
