"""A whole set-up as a file: written from what is in force, and taken in after its difference was seen."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import tomlkit

from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, because
from hotline.domain.rights.acts import Act
from hotline.domain.settings.change import REMOVED
from hotline.services.access import require_right
from hotline.services.settings.figures import value_of
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.settings import Difference, WrongSettings, foreseen
from hotline.settings import Settings
from hotline.settings.decidable import annotation_of, entry_of, holds_secret, is_secret, is_section, keys, refusal
from hotline.settings.errors import SettingsError
from hotline.settings.layers import REPLACED_WHOLE, plain_toml
from hotline.settings.load import default_settings
from hotline.settings.moved import moved
from hotline.settings.plain import plain
from hotline.storage.audit import AuditLog

#: Bytes of a file that is taken in: a thousand operators have the half of it. In a form it is up to thrice as long.
MOST_BYTES = 150_000


def exported(in_force: SettingsInForce, actor: Actor, now: datetime, everything: bool, secrets: bool) -> str:
    """TOML of what differs from the defaults, or of all; as a site's file has it. Raises Forbidden. Kept in the audit
    log, with whether secrets went out."""
    require_right(Act.CHANGE_SETTINGS, actor)
    text = as_file(in_force(), everything, secrets)
    with in_force.storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, "settings.export", "setting:", "with secrets" if secrets else "")
    return text


def as_file(settings: Settings, everything: bool = False, secrets: bool = False) -> str:
    """What `exported` gives, for whoever has the machine."""
    usual = default_settings()
    table: dict[str, Any] = {}
    for key in keys():
        value = value_of(settings, key)
        if key == "roster" or (not everything and value == value_of(usual, key)):
            continue
        if secrets or not is_secret(key):
            _put(table, key.split("."), plain(value) if secrets else _without_secrets(key, plain(value)))
    return tomlkit.dumps(table)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file would change: `changes` are what is to be decided, `differences` what they come to. `stays`: keys
    that it has otherwise than they are, and that nobody can decide on, with why."""

    changes: Mapping[str, Any]
    differences: tuple[Difference, ...]
    stays: Mapping[str, Reason]


def taken_in(in_force: SettingsInForce, actor: Actor, text: str, now: datetime, name: str = "") -> Taken:
    """What a file, as `exported` or a site has it, would change; what it does not name stays as it is. Nothing is
    changed. Raises Forbidden, Refused for what is no TOML, WrongSettings with each wrong key."""
    require_right(Act.CHANGE_SETTINGS, actor)
    settings = in_force()
    problems: dict[str, Reason] = {}
    said = dict(_flat(_read(text, name), "", problems))
    if problems:
        raise WrongSettings(problems)
    changes: dict[str, Any] = {}
    stays: dict[str, Reason] = {}
    for key, value in said.items():
        why = _cannot(in_force, key)
        if why is None:
            changes |= _of_table(settings, key, value) if _has_entries(key) else {key: value}
        elif plain(value_of(settings, key)) != value:
            stays[key] = why
    differences = foreseen(in_force, actor, changes, now) if changes else []
    kept = {each.key: changes[each.key] for each in differences}
    return Taken(kept, tuple(differences), stays)


def _read(text: str, name: str) -> dict[str, Any]:
    try:
        return moved(plain_toml(tomllib.loads(text)), name)
    except (ValueError, RecursionError) as error:  # besides faults of form, figures of any length and lists in lists
        raise Refused("settings.no_toml", field="file", why=str(error)) from None
    except SettingsError as error:
        raise WrongSettings({problem.key: problem.expected for problem in error.problems}) from None


def _flat(table: Mapping[str, Any], above: str, problems: dict[str, Reason]) -> Iterator[tuple[str, Any]]:
    """Each key of ours with its value; what is none goes into `problems`."""
    for name, value in table.items():
        key = f"{above}{name}"
        if key in keys():
            yield key, value
        elif is_section(key) and isinstance(value, Mapping):
            yield from _flat(value, f"{key}.", problems)
        else:
            known = annotation_of(key) is not None
            problems[key] = because("input.table") if known else because("settings.unknown_key")


def _cannot(in_force: SettingsInForce, key: str) -> Reason | None:
    """Why it cannot be decided."""
    if _has_entries(key):
        return None
    if variable := in_force.layers.variable_of(key):
        return because("settings.variable_sets_it", variable=variable)
    return refusal(key)


def _has_entries(key: str) -> bool:
    """A table of sections that the site names: decided entry by entry."""
    return entry_of(f"{key}.x") == f"{key}.x"


def _of_table(settings: Settings, key: str, value: Any) -> dict[str, Any]:
    """Entry by entry; what a file does not have is taken away where a site's file replaces all of its kind too."""
    if not isinstance(value, Mapping):
        raise WrongSettings({key: because("input.table")})
    gone = value_of(settings, key).keys() - value.keys() if key in REPLACED_WHOLE else ()
    return {**{f"{key}.{name}": entry for name, entry in value.items()}, **{f"{key}.{name}": REMOVED for name in gone}}


def _without_secrets(key: str, value: Any) -> Any:
    if isinstance(value, Mapping) and holds_secret(key):
        inner = {name: _without_secrets(f"{key}.{name}", each) for name, each in value.items()}
        return {name: each for name, each in inner.items() if not is_secret(f"{key}.{name}")}
    return value


def _put(table: dict[str, Any], path: list[str], value: Any) -> None:
    for name in path[:-1]:
        table = table.setdefault(name, {})
    table[path[-1]] = value
