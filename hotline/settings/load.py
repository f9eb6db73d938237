"""Defaults, then the site's file, then the environment: read, merged, validated."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hotline.domain.reasons import because
from hotline.settings.certificates import wrong_certificates
from hotline.settings.errors import SettingProblem, SettingsError
from hotline.settings.home import TREE, Home
from hotline.settings.inputs import reason_of
from hotline.settings.moved import GONE, MOVED, gone, moved
from hotline.settings.references import wrong_references
from hotline.settings.schema import Settings

DEFAULTS = TREE / "config" / "hotline.toml"

#: Tables whose entries the site names itself: the site's table replaces the default one as a whole.
REPLACED_WHOLE = frozenset({"lines", "queues", "operators", "menus", "categories"})

SHORT_VARIABLES = {
    "HOTLINE_HTTP_PORT": ("listen", "http_port"),
    "HOTLINE_SIP_PORT": ("listen", "sip_port"),
    "HOTLINE_SIP_TLS_PORT": ("listen", "sip_tls_port"),
    "HOTLINE_AMI_PORT": ("listen", "ami_port"),
    "HOTLINE_AGI_PORT": ("listen", "agi_port"),
    "HOTLINE_ASTERISK_HTTP_PORT": ("listen", "asterisk_http_port"),
    "HOTLINE_RTP_START": ("listen", "rtp_start"),
    "HOTLINE_RTP_END": ("listen", "rtp_end"),
    "HOTLINE_DATABASE_URL": ("database", "url"),
}

#: Keys whose wrong values are not repeated: messages go into logs.
CONFIDENTIAL = (("password",), ("inbound_password",), ("url",), ("secret",))

#: Variables of ours that are no settings.
NOT_SETTINGS = frozenset({"HOTLINE_HOME", "HOTLINE_DEBIAN_MIRROR", "HOTLINE_VENV", "HOTLINE_PYTHON"})


def load_settings(home: Home, environment: Mapping[str, str] | None = None) -> Settings:
    """The validated settings. Raises SettingsError naming source, key and expectation of everything wrong."""
    environment = os.environ if environment is None else environment
    sources: dict[tuple[str, ...], str] = {}
    merged = _read(DEFAULTS)
    merged.setdefault("roster", [])
    merged.setdefault("operators", {})
    if home.settings_file.exists():
        site = moved(_read(home.settings_file), str(home.settings_file))
        _note(sources, site, str(home.settings_file))
        merged = _merge(merged, site)
    texts: dict[tuple[str, ...], str] = {}
    for old, value, variable in _from_environment(environment):
        path = MOVED.get(old, old)
        if old in GONE:
            raise SettingsError([SettingProblem(variable, ".".join(old), gone(old))])
        _note(sources, _nest(path, value), variable)
        merged = _merge(merged, _nest(path, value), replace=frozenset())
        texts[path] = environment[variable]
    settings = _validate(merged, sources, texts)
    wrong = [*wrong_references(settings), *wrong_certificates(settings)]
    if wrong:
        raise SettingsError([SettingProblem(_source(sources, tuple(key.split("."))), key, what) for key, what in wrong])
    return settings


def _validate(
    merged: dict[str, Any], sources: dict[tuple[str, ...], str], texts: dict[tuple[str, ...], str]
) -> Settings:
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
            merged = _merge(merged, _nest(path, text), replace=frozenset())
        return _validate(merged, sources, {path: text for path, text in texts.items() if path not in digits})
    raise SettingsError([_problem(detail, sources) for detail in details])


def _read(file: Path) -> dict[str, Any]:
    try:
        # -sig: some editors write a mark before the first character.
        return tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        problem = SettingProblem(str(file), "", because("settings.file_unreadable", why=str(error.strerror)))
        raise SettingsError([problem]) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([SettingProblem(str(file), "", because("settings.toml", why=str(error)))]) from None
    except UnicodeDecodeError as error:
        raise SettingsError([SettingProblem(str(file), "", because("settings.utf8", why=str(error)))]) from None


def _merge(base: dict[str, Any], over: Mapping[str, Any], replace: frozenset[str] = REPLACED_WHOLE) -> dict[str, Any]:
    result = dict(base)
    for key, value in over.items():
        if isinstance(value, Mapping) and isinstance(result.get(key), dict) and key not in replace:
            result[key] = _merge(result[key], value, frozenset())
        else:
            result[key] = value
    return result


def _from_environment(environment: Mapping[str, str]) -> list[tuple[tuple[str, ...], Any, str]]:
    found: list[tuple[tuple[str, ...], Any, str]] = []
    for variable in sorted(environment):
        if variable in SHORT_VARIABLES:
            found.append((SHORT_VARIABLES[variable], _value(environment[variable]), variable))
        elif variable.startswith("HOTLINE_") and "__" in variable and variable not in NOT_SETTINGS:
            path = tuple(variable.removeprefix("HOTLINE_").lower().split("__"))
            found.append((path, _value(environment[variable]), variable))
    return found


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _nest(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    return {path[0]: _nest(path[1:], value)} if len(path) > 1 else {path[0]: value}


def _note(
    sources: dict[tuple[str, ...], str], table: Mapping[str, Any], source: str, above: tuple[str, ...] = ()
) -> None:
    for key, value in table.items():
        sources[(*above, key)] = source
        if isinstance(value, Mapping):
            _note(sources, value, source, (*above, key))


def _source(sources: dict[tuple[str, ...], str], path: tuple[str, ...]) -> str:
    """Where the longest known part of this key was set."""
    for length in range(len(path), 0, -1):
        if path[:length] in sources:
            return sources[path[:length]]
    return str(DEFAULTS)


def _problem(detail: Mapping[str, Any], sources: dict[tuple[str, ...], str]) -> SettingProblem:
    path = tuple(str(part) for part in detail["loc"] if part != "[key]")
    if detail["type"] == "extra_forbidden":
        expected = because("settings.unknown_key")
    else:
        expected = reason_of(detail)
        if detail["type"] not in ("value_error", "missing") and path[-1:] not in CONFIDENTIAL:
            expected = because("input.got", what=expected, got=repr(detail["input"]))
    return SettingProblem(_source(sources, path), ".".join(path), expected)
