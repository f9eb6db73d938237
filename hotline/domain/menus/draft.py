"""A draft of the menus, and what may be done to it. Its content is as the settings would hold it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.menu_target import Leads, target_of
from hotline.domain.menus.timed import timed_target

#: `menus`: each by its id, as the settings hold it. `lines`: with which menu each line begins.
Content = Mapping[str, dict[str, Any]]

MOST_NAME = 60

_ID = re.compile(r"[a-z][a-z0-9_-]{0,31}")


@dataclass(frozen=True, slots=True)
class MenuDraft:
    """`base`: what was in force when it was begun, against which others' decisions are told. `version`: counts the
    changes, so that nobody overwrites what they have not seen. `taken_at`: when it was put in force, or planned."""

    name: str
    content: Content
    base: Content
    version: int
    made_by: str
    made_at: datetime
    changed_by: str
    changed_at: datetime
    taken_by: str = ""
    taken_at: datetime | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    id: int | None = None


def with_menu(content: Content, menu: str, entry: Mapping[str, Any], *, adds: bool) -> Content:
    """Raises Refused for what is no id, Conflict where one that is added is there, NotFound where one that is changed
    is not."""
    if adds and not _ID.fullmatch(menu):
        raise Refused("menus.menu_id", field="menu_id")
    if adds and menu in content["menus"]:
        raise Conflict("menus.menu_there", menu=menu, field="menu_id")
    if not adds:
        _require_menu(content, menu)
    return _with(content, "menus", {**content["menus"], menu: dict(entry)})


def without_menu(content: Content, menu: str) -> Content:
    """Raises NotFound, and Refused while something leads to it."""
    _require_menu(content, menu)
    if leading := led_to_by(content, menu):
        raise Refused("menus.still_led_to", menu=menu, by=leading)
    return _with(content, "menus", {name: entry for name, entry in content["menus"].items() if name != menu})


def with_line(content: Content, line: str, menu: str) -> Content:
    """Raises NotFound."""
    if line not in content["lines"]:
        raise NotFound("menus.no_line", line=line[:40])
    _require_menu(content, menu)
    return _with(content, "lines", {**content["lines"], line: menu})


def led_to_by(content: Content, menu: str) -> tuple[str, ...]:
    """The lines that begin with it, and the keys of other menus that lead to it."""
    lines = [line for line, begins in content["lines"].items() if begins == menu]
    keys = [
        f"{other} {digit}"
        for other, entry in content["menus"].items()
        for digit, key in entry.get("keys", {}).items()
        if other != menu and any(_is_menu(to, menu) for to in targets_of(key))
    ]
    return (*lines, *keys)


def targets_of(key: Any) -> tuple[str, ...]:
    """Of a key as the settings hold it: a text, or what it has."""
    if isinstance(key, str):
        return (key,)
    return (key["to"], *(timed_target(each).to for each in key.get("times", ())))


def _is_menu(to: str, menu: str) -> bool:
    target, name = target_of(to)
    return target.leads is Leads.MENU and name == menu


def _require_menu(content: Content, menu: str) -> None:
    if menu not in content["menus"]:
        raise NotFound("menus.no_menu", menu=menu[:40])


def _with(content: Content, part: str, value: dict[str, Any]) -> Content:
    return deepcopy({**content, part: value})
