"""Defaults, then the site's file, then what was decided, then the environment: read, merged, validated."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hotline.domain.reasons import because
from hotline.settings.errors import SettingProblem, SettingsError
from hotline.settings.home import Home
from hotline.settings.layers import DEFAULTS, Key, Layers, Variable, merge, nest
from hotline.settings.moved import GONE, MOVED, gone, moved
from hotline.settings.schema import Settings

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

#: Variables of ours that are no settings.
NOT_SETTINGS = frozenset({"HOTLINE_HOME", "HOTLINE_DEBIAN_MIRROR", "HOTLINE_VENV", "HOTLINE_PYTHON"})


def load_settings(home: Home, environment: Mapping[str, str] | None = None) -> Settings:
    """What files and environment say, validated. Raises SettingsError naming source, key and expectation of everything
    wrong. Processes ask `Hotline.settings`, which knows what was decided since."""
    return read_layers(home, environment).settings()


@cache
def default_settings() -> Settings:
    """What config/hotline.toml says by itself."""
    return Layers(_defaults(), (), {}).settings()


def read_layers(home: Home, environment: Mapping[str, str] | None = None) -> Layers:
    """Files and environment, read and not yet validated. Raises SettingsError when they can't be read."""
    sources: dict[Key, str] = {}
    below = _defaults()
    if home.settings_file.exists():
        site = moved(_read(home.settings_file), str(home.settings_file))
        _note(sources, site, str(home.settings_file))
        below = merge(below, site)
    variables = tuple(_from_environment(os.environ if environment is None else environment))
    for variable in variables:
        _note(sources, nest(variable.path, variable.value), variable.name)
    return Layers(below, variables, sources)


def _defaults() -> dict[str, Any]:
    return {"roster": [], "operators": {}, **_shipped()}


@cache
def _shipped() -> Mapping[str, Any]:
    """It changes with the program alone. Nobody writes into it: `merge` makes tables of its own."""
    return _read(DEFAULTS)


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


def _from_environment(environment: Mapping[str, str]) -> Iterator[Variable]:
    for name in sorted(environment):
        if name in SHORT_VARIABLES:
            old: Key = SHORT_VARIABLES[name]
        elif name.startswith("HOTLINE_") and "__" in name and name not in NOT_SETTINGS:
            old = tuple(name.removeprefix("HOTLINE_").lower().split("__"))
        else:
            continue
        if old in GONE:
            raise SettingsError([SettingProblem(name, ".".join(old), gone(old))])
        yield Variable(MOVED.get(old, old), _value(environment[name]), name, environment[name])


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _note(sources: dict[Key, str], table: Mapping[str, Any], source: str, above: Key = ()) -> None:
    for key, value in table.items():
        sources[(*above, key)] = source
        if isinstance(value, Mapping):
            _note(sources, value, source, (*above, key))
