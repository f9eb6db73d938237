"""Column types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from hotline.domain.call import Call
from hotline.domain.time import require_aware
from hotline.storage.call_json import dump_call, load_call
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
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of any length, whatever came from outside: no database refuses it (see `plain`)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value if value is None else plain(value)


class Json(TypeDecorator[Any]):
    """JSON, as JSONB on PostgreSQL, where it can be indexed."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return plain_json(value)


class CallDetail(TypeDecorator[Call]):
    """A whole call as JSON. Written to text in one step: by way of a dict it would take twice as long."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def bind_processor(self, dialect: Dialect) -> Callable[[Call], str]:
        return dump_call

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Call]:
        return load_call
