"""Which settings may be decided while the hotline runs, and why others stand in the site's file alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from hotline.domain.reasons import Reason, because
from hotline.settings.layers import REPLACED_WHOLE
from hotline.settings.schema import Settings

_MACHINE = because("settings.file_alone_machine")  # needed before the database is asked, or by what starts processes
_PASSWORD = because("settings.file_alone_secret")  # it opens copies of the database, and so stands in none
_OWN_PAGE = because("settings.file_alone_elsewhere")

#: What stands in the site's file, and why: a section, or a key of one.
FILE_ALONE: Mapping[str, Reason] = {
    "listen": _MACHINE,
    "database": _MACHINE,
    "site.node": _MACHINE,
    "asterisk": _MACHINE,
    "tls": _MACHINE,
    "backups.folder": _MACHINE,
    "backups.passphrase": _PASSWORD,
    "speech.workers": _MACHINE,
    "speech.queue": _MACHINE,
    "web.threads": _MACHINE,
    "web.proxies": _MACHINE,
    "sign_in.ldap.ca_file": _MACHINE,
    "roster": _OWN_PAGE,
}

#: What lies in such a section and may be decided all the same.
_BUT = frozenset({"asterisk.ring_cycle_seconds"})

#: Keys whose values nobody is shown, nor the audit log: they hold passwords. "*" is an entry's name.
SECRET = frozenset(
    (
        "database.url",
        "mail.password",
        "trunk.password",
        "trunk.inbound_password",
        "callback_trunk.password",
        "callback_trunk.inbound_password",
        "backups.passphrase",
        "store.key",
        "store.secret",
        "notices.urls",
        "notices.groups.*.urls",
        "sms.key",
        "sms.secret",
        "sign_in.oidc.secret",
        "sign_in.ldap.password",
        "speech.queue",
    )
)


#: Keys of which the answers are kept: all of ours, and entries.
_MOST_ASKED = 4096

#: What is shown in a secret's place.
MASK = "***"


@lru_cache(_MOST_ASKED)
def is_secret(key: str) -> bool:
    return any(_fits(secret.split("."), key.split(".")) for secret in SECRET)


def holds_secret(key: str) -> bool:
    """Whether it is a secret, or one lies in it."""
    names = key.split(".")
    return any(_fits(secret.split(".")[: len(names)], names) for secret in SECRET)


def masked(key: str, value: Any) -> Any:
    """What a key is, as JSON holds it, without the secrets in it."""
    if is_secret(key):
        return MASK if value else value
    if isinstance(value, Mapping) and holds_secret(key):
        return {name: masked(f"{key}.{name}", inner) for name, inner in value.items()}
    return value


def _fits(pattern: list[str], names: list[str]) -> bool:
    return len(pattern) == len(names) and all(one in ("*", other) for one, other in zip(pattern, names, strict=True))


@lru_cache(_MOST_ASKED)
def refusal(key: str) -> Reason | None:
    """Why this key cannot be decided; None when it can."""
    if annotation_of(key) is None:
        return because("settings.unknown_key")
    if key in REPLACED_WHOLE or is_section(key):
        return because("settings.not_one_setting")
    why = next((why for place, why in FILE_ALONE.items() if key == place or key.startswith(f"{place}.")), None)
    return None if key in _BUT else why


def is_section(key: str) -> bool:
    """Whether other keys stand below it by names of ours; an entry that the site names is none."""
    return _is_model(annotation_of(key)) and not entry_of(key)


def is_entry(key: str) -> bool:
    """Whether it is one entry of a table whose names the site gives: it can be added and taken away."""
    above, _, name = key.rpartition(".")
    return bool(above and name) and get_origin(_plain(annotation_of(above))) is dict


@lru_cache(_MOST_ASKED)
def entry_of(key: str) -> str:
    """The entry of a table of sections that a key is or lies in: lines.main of lines.main.hours.mon; "" for none."""
    names = key.split(".")
    above = (".".join(names[:length]) for length in range(2, len(names) + 1))
    return next((place for place in above if is_entry(place) and _is_model(annotation_of(place))), "")


@lru_cache(_MOST_ASKED)
def annotation_of(key: str) -> Any:
    """The type of a dotted key, or of an entry of a table that the site names; None when there is no such key."""
    found: Any = Settings
    for name in key.split("."):
        found = _plain(found)
        if _is_model(found):
            field = found.model_fields.get(name)
            found = whole_type(field) if field is not None else None
        elif get_origin(found) is dict and name:
            found = get_args(found)[1]
        else:
            return None
    return found


@cache
def keys() -> tuple[str, ...]:
    """Every key of ours that has one value, in the order of the schema; tables that the site names by their names."""
    return tuple(_keys(Settings, ""))


def _keys(model: type[BaseModel], above: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = _plain(whole_type(field))
        if _is_model(inner):
            yield from _keys(inner, f"{above}{name}.")
        else:
            yield f"{above}{name}"


def whole_type(field: Any) -> Any:
    """The field's type with what it is annotated with."""
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _plain(annotation: Any) -> Any:
    """Without what it is annotated with."""
    return _plain(get_args(annotation)[0]) if get_origin(annotation) is Annotated else annotation


def _is_model(annotation: Any) -> bool:
    annotation = _plain(annotation)
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
