"""The column that holds a whole call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from hotline.domain.calls.call import Call
from hotline.storage.calls.call_json import dump_call, load_call


class CallDetail(TypeDecorator[Call]):
    """A whole call as JSON. Written to text in one step: by way of a dict it would take twice as long."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        return dump_call

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Call]:
        return load_call
