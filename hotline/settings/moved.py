"""Keys that stand elsewhere now: a file of before goes on working, and nobody finds two figures for one rule."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from hotline.domain.reasons import Reason, because
from hotline.settings.errors import SettingProblem, SettingsError

Key = tuple[str, ...]

#: Which key took the place of which.
MOVED: Mapping[Key, Key] = {
    ("console", "answer_seconds"): ("rules", "answered", "most_seconds"),
    ("console", "answer_rings"): ("rules", "answered", "most_rings"),
    ("console", "goodbye_seconds"): ("rules", "hang_up_first", "wait_seconds"),
    ("console", "warn_minutes"): ("rules", "length", "warn_minutes"),
    ("hold", "reminder_seconds"): ("rules", "hold_prompt", "every_seconds"),
}

#: What has gone, and the key that says it instead.
GONE: Mapping[Key, Key] = {("rules", "length", "longest_minutes"): ("rules", "length", "warn_minutes")}


def gone(key: Key) -> Reason:
    """What is said of one of GONE."""
    return because("settings.gone", to=".".join(GONE[key]))


def moved(table: Mapping[str, Any], source: str) -> dict[str, Any]:
    """The table with each value at its present key. Raises SettingsError when both keys are there with different
    values, or when a key has gone."""
    result = deepcopy(dict(table))
    problems = [SettingProblem(source, ".".join(old), gone(old)) for old in GONE if _take(result, old) is not None]
    for old, new in MOVED.items():
        value = _take(result, old)
        if value is not None and _put(result, new, value) != value:
            problems.append(SettingProblem(source, ".".join(old), because("settings.moved", to=".".join(new))))
    if problems:
        raise SettingsError(problems)
    return result


def _take(table: dict[str, Any], key: Key) -> Any:
    """The value, taken out with what it leaves empty; None when it is not there."""
    first, *rest = key
    if not rest:
        return table.pop(first, None)
    below = table.get(first)
    value = _take(below, tuple(rest)) if isinstance(below, dict) else None
    if value is not None and not below:
        del table[first]
    return value


def _put(table: dict[str, Any], key: Key, value: Any) -> Any:
    """What stands there now: the value, unless another stood there before."""
    *path, last = key
    for name in path:
        below = table.setdefault(name, {})
        if not isinstance(below, dict):
            return value  # the section itself is wrong, which is told of later
        table = below
    return table.setdefault(last, value)
