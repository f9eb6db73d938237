"""What files, environment and decisions say, laid over each other and validated."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from hotline.domain.reasons import because
from hotline.domain.settings.change import REMOVED
from hotline.settings.certificates import wrong_certificates
from hotline.settings.errors import SettingProblem, SettingsError
from hotline.settings.home import TREE
from hotline.settings.inputs import reason_of
from hotline.settings.references import wrong_references
from hotline.settings.schema import Settings

DEFAULTS = TREE / "config" / "hotline.toml"

#: The source of what was decided while the hotline runs.
DECIDED = "database"

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """`text`: its value as it stands in the environment."""

    path: Key
    value: Any
    name: str
    text: str


#: Tables whose entries the site names itself: the site's table replaces the default one as a whole.
REPLACED_WHOLE = frozenset({"lines", "queues", "operators", "menus", "categories"})

#: Parts of keys whose wrong values are not repeated: messages go into logs.
CONFIDENTIAL = frozenset({"password", "inbound_password", "url", "urls", "secret"})


@dataclass(frozen=True)
class Layers:
    """What files and environment say. `below`: the defaults under the site's file; `variables`: of the environment,
    over all else; `sources`: which file or variable each key of those comes from."""

    below: Mapping[str, Any]
    variables: tuple[Variable, ...]
    sources: Mapping[Key, str]

    def settings(self, decided: Mapping[str, Any] | None = None) -> Settings:
        """What they say, validated, with what was decided by dotted key in between: a value, or REMOVED for an entry
        that is taken away. Raises SettingsError naming source, key and expectation of everything wrong."""
        return self._over(decided) if decided else self._alone

    @cached_property
    def _alone(self) -> Settings:
        return self._over({})

    def _over(self, decided: Mapping[str, Any]) -> Settings:
        sources = {**self.sources, **{tuple(key.split(".")): DECIDED for key in decided}}
        merged = _put(self.below, decided)
        texts: dict[Key, str] = {}
        for variable in self.variables:
            sources[variable.path] = variable.name
            merged = merge(merged, nest(variable.path, variable.value), replace=frozenset())
            texts[variable.path] = variable.text
        settings = _validate(merged, sources, texts)
        wrong = [*wrong_references(settings), *wrong_certificates(settings)]
        if wrong:
            raise SettingsError(
                [SettingProblem(_source(sources, tuple(key.split("."))), key, what) for key, what in wrong]
            )
        return settings

    def said(self, key: str) -> Any:
        """What files and environment say of a dotted key, as JSON holds it; None when they don't know it."""
        merged = dict(self.below)
        for variable in self.variables:
            merged = merge(merged, nest(variable.path, variable.value), replace=frozenset())
        found: Any = merged
        for name in key.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return plain_toml(found)

    def source(self, key: str) -> str:
        """The file or the variable that says it."""
        return self.sources.get(tuple(key.split(".")), str(DEFAULTS))

    def variable_of(self, key: str) -> str:
        """The variable that sets this key, a part of it, or what it lies in; "" for none."""
        path = tuple(key.split("."))
        return next((each.name for each in self.variables if _one_in_the_other(each.path, path)), "")


def _put(below: Mapping[str, Any], decided: Mapping[str, Any]) -> dict[str, Any]:
    """With each value at its key: an entry that is decided on is that alone, whatever the file has below it."""
    merged = deepcopy(dict(below))
    for key in sorted(decided, key=lambda key: key.count(".")):
        *path, last = key.split(".")
        table = merged
        for name in path:
            inner = table.setdefault(name, {})
            if not isinstance(inner, dict):
                raise SettingsError([SettingProblem(DECIDED, key, because("settings.unknown_key"))])
            table = inner
        if decided[key] is REMOVED:
            table.pop(last, None)
        else:
            table[last] = decided[key]
    return merged


def _one_in_the_other(one: Key, other: Key) -> bool:
    return one[: len(other)] == other[: len(one)]


def plain_toml(value: Any) -> Any:
    """Of TOML's types, those that JSON has."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: plain_toml(inner) for name, inner in value.items()}
    return [plain_toml(each) for each in value] if isinstance(value, list) else value


def _validate(merged: dict[str, Any], sources: Mapping[Key, str], texts: dict[Key, str]) -> Settings:
    """`texts`: the variables' values as they stand in the environment."""
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        details = error.errors()
    # 4001234567 reads as a number, but where text is wanted it is text: with its + and leading zeros.
    digits = {
        path: texts[path]
        for detail in details
        if detail["type"] == "string_type" and (path := tuple(map(str, detail["loc"]))) in texts
    }
    if digits:
        for path, text in digits.items():
            merged = merge(merged, nest(path, text), replace=frozenset())
        return _validate(merged, sources, {path: text for path, text in texts.items() if path not in digits})
    raise SettingsError([_problem(detail, sources) for detail in details])


def merge(base: dict[str, Any], over: Mapping[str, Any], replace: frozenset[str] = REPLACED_WHOLE) -> dict[str, Any]:
    result = dict(base)
    for key, value in over.items():
        if isinstance(value, Mapping) and isinstance(result.get(key), dict) and key not in replace:
            result[key] = merge(result[key], value, frozenset())
        else:
            result[key] = value
    return result


def nest(path: Key, value: Any) -> dict[str, Any]:
    return {path[0]: nest(path[1:], value)} if len(path) > 1 else {path[0]: value}


def _source(sources: Mapping[Key, str], path: Key) -> str:
    """Where the longest known part of this key was set."""
    for length in range(len(path), 0, -1):
        if path[:length] in sources:
            return sources[path[:length]]
    return str(DEFAULTS)


def _problem(detail: Mapping[str, Any], sources: Mapping[Key, str]) -> SettingProblem:
    path = tuple(str(part) for part in detail["loc"] if part != "[key]")
    if detail["type"] == "extra_forbidden":
        expected = because("settings.unknown_key")
    else:
        expected = reason_of(detail)
        if detail["type"] not in ("value_error", "missing") and not CONFIDENTIAL & set(path):
            expected = because("input.got", what=expected, got=repr(detail["input"]))
    return SettingProblem(_source(sources, path), ".".join(path), expected)
