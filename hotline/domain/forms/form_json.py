"""What a change of a form's fields looks like as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def as_json(changed: Mapping[str, object]) -> dict[str, Any]:
    """Moments as in the API: 2026-03-11T02:00:00Z."""
    return {name: _json(value) for name, value in changed.items()}


def _json(value: object) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return dict(value) if isinstance(value, Mapping) else value
