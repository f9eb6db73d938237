"""A form of several fields that two people had before them: what the second one's comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")


def both_changed(shown: Mapping[str, Value], typed: Mapping[str, Value], now: Mapping[str, Value]) -> list[str]:
    """Which fields both have changed, each otherwise. `shown`: what the form had shown; `now`: what is kept."""
    return [
        key
        for key, value in typed.items()
        if value != shown.get(key) and now.get(key) != shown.get(key) and value != now.get(key)
    ]


def touched(shown: Mapping[str, Value], typed: Mapping[str, Value], now: Mapping[str, Value]) -> dict[str, Value]:
    """What is to be written: the fields that were touched, where that is not kept already. What somebody left as it was
    shown stays as the other one has made it."""
    return {key: value for key, value in typed.items() if value != shown.get(key) and value != now.get(key)}
