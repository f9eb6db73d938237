"""Verdicts by the ten thousand: as a driver takes them, since a new generation writes twenty of each call."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite

from hotline.domain.verdicts.verdict import Verdict
from hotline.storage.plain import plain_json
from hotline.storage.types import UtcDateTime
from hotline.storage.verdicts.tables import rule_verdict

#: Of the type as SQLite has it: what it writes compares as text with the moments that are asked for.
_WRITTEN = UtcDateTime().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())
_COLUMNS = tuple(column.name for column in rule_verdict.c if column.name != "id")


def add_rows(connection: Connection, rows: Sequence[tuple[int, Verdict, int | None]], now: datetime) -> None:
    """Each with its generation, and the id of the one that it replaces."""
    moment = _moments(connection.dialect.name)
    judged_at = moment(now)
    values = [
        (
            generation,
            verdict.rule,
            verdict.version,
            verdict.subject.value,
            verdict.subject_id,
            verdict.part,
            moment(verdict.at),
            judged_at,
            verdict.judgement.value,
            verdict.value,
            verdict.limit,
            verdict.unit,
            verdict.line,
            verdict.person_id or 0,
            verdict.why,
            json.dumps(plain_json(dict(verdict.evidence)), ensure_ascii=False) if verdict.evidence else "{}",
            replaces,
        )
        for generation, verdict, replaces in rows
    ]
    connection.exec_driver_sql(_statement(connection.dialect.name), values)


@lru_cache
def _statement(dialect: str) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    marks = [f"{mark}::jsonb" if name == "evidence" and dialect != "sqlite" else mark for name in _COLUMNS]
    return f"INSERT INTO rule_verdict ({', '.join(_COLUMNS)}) VALUES ({', '.join(marks)})"


def _moments(dialect: str) -> Callable[[datetime], Any]:
    return _text if dialect == "sqlite" else _as_it_is


def _as_it_is(moment: datetime) -> datetime:
    return moment


@lru_cache(4096)
def _text(moment: datetime) -> str:
    """As the column's type writes it; the verdicts of one subject share one moment."""
    assert _WRITTEN is not None
    return str(_WRITTEN(moment))
