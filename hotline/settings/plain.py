"""Settings as a file or a decision holds them: the way back from what was validated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import Any

from pydantic import BaseModel

from hotline.settings.hours import HoursPeriod


def plain(value: Any) -> Any:
    """A typed value as JSON and TOML hold it: hours as they are written, of a section what was given."""
    if isinstance(value, HoursPeriod):
        end = "24:00" if value.end == dt.time.min else f"{value.end:%H:%M}"
        return f"{value.start:%H:%M}-{end}"
    if isinstance(value, BaseModel):
        given = {name: getattr(value, name) for name in type(value).model_fields if name in value.model_fields_set}
        return {name: found for name, inner in given.items() if (found := plain(inner)) is not None}
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.date):  # a moment too
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
