"""How values of settings are shown in tables."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from hotline.web.kit.formats import shorten
from hotline.web.settings.fields import InputKind, named, setting_field, shown


def value_shown(key: str, value: Any, most: int) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return shorten(shown(key, value), most)


def value_named(key: str, value: Any, most: int) -> str:
    """What is in force, where nothing is compared: of a table its entries' names."""
    return shorten(named(value), most) if setting_field(key).kind is InputKind.TABLE else value_shown(key, value, most)
