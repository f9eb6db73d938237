"""What the pages of the administration's settings share: their blueprint, and what their templates are given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint
from flask_babel import gettext
from pydantic import BaseModel

from hotline.domain.settings.change import Act as ChangeAct
from hotline.domain.settings.change import SettingChange
from hotline.services.settings.figures import value_of
from hotline.services.settings.trial import GOES_BACK
from hotline.settings.decidable import MASK, is_secret
from hotline.settings.layers import DECIDED, DEFAULTS
from hotline.settings.load import default_settings
from hotline.settings.plain import plain
from hotline.web.kit.formats import shorten
from hotline.web.kit.labels import Label
from hotline.web.kit.said import said
from hotline.web.settings.fields import InputKind
from hotline.web.settings.groups import group_of, is_table
from hotline.web.settings.inputs import GAP, NAME, SPARE_ROWS, VALUE, input_of, state_of
from hotline.web.settings.labels import SOURCES, TAKES
from hotline.web.settings.words import choice_word, help_of, name_of

blueprint = Blueprint("settings", __name__, url_prefix="/admin/settings")


def value_said(key: str, value: Any, most: int = 200) -> str:
    """What a key is, as people read it; of a secret only whether there is one."""
    if is_secret(key):
        return MASK if value else "–"
    if value is None:
        return gettext("not there")
    if isinstance(value, BaseModel) or is_table(key):
        return shorten(_entry_said(key, value), most)
    try:
        found = input_of(key)
    except KeyError:
        return shorten(str(plain(value)), most)
    if found.kind is InputKind.BOOLEAN:
        return gettext("Yes") if value else gettext("No")
    if found.kind is InputKind.CHOICE:
        return str(choice_word(key, str(plain(value))))
    state = state_of(found, value)
    if isinstance(state, list):
        rows = ("=".join(filter(None, (row.get(NAME, ""), *_others(row)))) for row in state)
        return shorten(", ".join(rows), most) or "–"
    return shorten(state.replace("\n", ", "), most) or "–"


def default_said(key: str) -> str:
    """What it is where nobody says anything."""
    return value_said(key, value_of(default_settings(), key), 80)


def _others(row: Mapping[str, str]) -> list[str]:
    return [text for name, text in row.items() if name != NAME]


def _entry_said(key: str, value: Any) -> str:
    if isinstance(value, BaseModel):
        name = getattr(value, "name", None) or getattr(value, "number", None)
        rest = plain(value)
        text = ", ".join(
            f"{_part_name(key, part)}: {value_said(f'{key}.{part}', getattr(value, part), 60)}"
            for part in rest
            if part != "name"
        )
        return " · ".join(filter(None, (name, text)))
    return ", ".join(getattr(inner, "name", None) or str(name) for name, inner in value.items())


def _part_name(key: str, part: str) -> str:
    """What one of an entry's keys is called; the key itself where it has no words."""
    whole = f"{key}.{part}"
    name = str(name_of(whole))
    return part if name == whole else name


def change_said(change: SettingChange) -> str:
    """What a decision makes of its key."""
    if change.act is ChangeAct.AS_FILE:
        return gettext("as the files say")
    if change.act is ChangeAct.REMOVE:
        return gettext("taken away")
    if change.act is ChangeAct.WITHDRAW:
        return gettext("planned change taken back")
    return stored_said(change.key, change.value)


def stored_said(key: str, value: Any) -> str:
    """A value as a decision or a file holds it."""
    if is_secret(key):
        return MASK if value else "–"
    if isinstance(value, Mapping):
        inner = (f"{_part_name(key, name)}: {stored_said(f'{key}.{name}', each)}" for name, each in value.items())
        return shorten(", ".join(inner), 200) or "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return shorten(", ".join(map(str, value)), 200) or "–"
    return shorten(str(value), 200) or "–"


def reason_said(text: str) -> str:
    return gettext("goes back by itself unless it is confirmed") if text == GOES_BACK else text


def source_of(source: str) -> Label:
    """Where what is in force comes from."""
    if source == DECIDED:
        return SOURCES["page"]
    if source == str(DEFAULTS):
        return SOURCES["default"]
    return SOURCES["file" if "/" in source or source.endswith(".toml") else "variable"]


def moment_left(now: datetime, at: datetime) -> int:
    return max(int((at - now).total_seconds()), 0)


def for_templates() -> dict[str, Any]:
    """What the inputs of settings are drawn with."""
    return {
        "value_said": value_said,
        "default_said": default_said,
        "change_said": change_said,
        "stored_said": stored_said,
        "reason_said": reason_said,
        "source_of": source_of,
        "name_of": name_of,
        "help_of": help_of,
        "choice_word": choice_word,
        "group_of": group_of,
        "is_table": is_table,
        "takes": TAKES,
        "said": said,
        "moment_left": moment_left,
        "NAME": NAME,
        "VALUE": VALUE,
        "SPARE_ROWS": SPARE_ROWS,
        "GAP": GAP,
    }


blueprint.context_processor(for_templates)
