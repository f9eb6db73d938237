"""Column types."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator, TypeEngine

from hotline.domain.numbers import Number
from hotline.domain.reasons import Reason, because
from hotline.domain.time import require_aware
from hotline.storage.plain import plain, plain_json


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware UTC out, on SQLite too. A naive time is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        utc = require_aware(value)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return _utc(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        return _write_utc if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        # In one step: lists read thousands of moments, and a type's usual steps took half the time.
        return _read_utc if dialect.name == "sqlite" else _utc


def _read_utc(stored: str | None) -> datetime | None:
    return stored if stored is None else datetime.fromisoformat(stored + "+00:00")


def _write_utc(moment: datetime | None) -> str | None:
    """As SQLAlchemy writes it, which takes five times as long."""
    return moment if moment is None else require_aware(moment).replace(tzinfo=None).isoformat(" ", "microseconds")


def _utc(stored: datetime | None) -> datetime | None:
    if stored is None or stored.tzinfo is UTC:
        return stored
    return stored.replace(tzinfo=UTC) if stored.tzinfo is None else stored.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of any length, whatever came from outside: no database refuses it (see `plain`)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value if value is None else plain(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        return _write_words  # in one step, as above


class StoredReason(TypeDecorator[Reason]):
    """A reason as JSON text, None as "". What is no JSON is shown as it stands, under the code storage.legacy."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Reason | None, dialect: Dialect) -> str | None:
        return plain(json.dumps(value.as_json(), ensure_ascii=False, sort_keys=True)) if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> Reason | None:
        if not value:
            return None
        try:
            return Reason.from_json(json.loads(value))
        except (ValueError, TypeError, KeyError, AttributeError):
            return because("storage.legacy", text=value)


def _write_words(value: str | None) -> str | None:
    return value if value is None else plain(value)


class PhoneNumber(TypeDecorator[Number]):
    """A number as the parser spells it, "" for none. Any other spelling is refused with ValueError: it would be kept,
    and found by nobody. What a number is searched for by (LIKE) is text."""

    impl = Text
    cache_ok = True

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self if op in _EQUAL else Words()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value if value is None else str(Number(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Number | None:
        return value if value is None else Number.stored(value)


#: Comparisons in which a spelling that is none would silently find nothing.
_EQUAL = frozenset({operators.eq, operators.ne, operators.in_op, operators.not_in_op})


class Json(TypeDecorator[Any]):
    """JSON, as JSONB on PostgreSQL, where it can be indexed."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return plain_json(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        # Most lists that are kept are empty, and a parser takes its time to find that out.
        parsed = super().result_processor(dialect, coltype)
        return parsed and (lambda stored: [] if stored == "[]" else parsed(stored))
