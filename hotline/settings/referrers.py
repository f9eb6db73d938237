"""What leads to an entry of a table that the site names: a menu's key to a queue, a category to the one above it."""

from __future__ import annotations

from typing import Any

from hotline.settings.references import wrong_references
from hotline.settings.schema import Settings


def referrers(settings: Settings, key: str) -> tuple[str, ...]:
    """The dotted keys that would lead to nothing if this entry were not there."""
    known = {place for place, _expected in wrong_references(settings)}
    without: Settings = _without(settings, key.split("."))
    return tuple(dict.fromkeys(place for place, _expected in wrong_references(without) if place not in known))


def _without(holder: Any, names: list[str]) -> Any:
    name, *below = names
    if isinstance(holder, dict):
        if not below:
            return {each: value for each, value in holder.items() if each != name}
        return {**holder, name: _without(holder[name], below)}
    return holder.model_copy(update={name: _without(getattr(holder, name), below)})
