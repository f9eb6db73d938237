"""Menus of the settings as a draft has them, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from greetings import Manifest
from greetings.missing import references
from hotline.domain.menus.draft import Content
from hotline.domain.menus.faults import MenuFault
from hotline.domain.reasons import Reason, because
from hotline.domain.settings.change import REMOVED
from hotline.settings import Settings
from hotline.settings.calls import Menu
from hotline.settings.inputs import reason_of
from hotline.settings.menu_graph import faults_of_menus
from hotline.settings.plain import plain
from hotline.settings.references import wrong_references

_PLACE = re.compile(r"menus\.([^.]+)(?:\.(?:keys\.)?(.+))?")
_LINES_MENU = re.compile(r"lines\.[^.]+\.menu")


def is_menu_key(key: str) -> bool:
    """Whether a decision on this key changes what callers hear in menus."""
    return key.startswith("menus.") or _LINES_MENU.fullmatch(key) is not None


def content_of(settings: Settings) -> Content:
    menus = {name: plain(menu) for name, menu in settings.menus.items()}
    return {"menus": menus, "lines": {name: line.menu for name, line in settings.lines.items()}}


def with_content(settings: Settings, content: Content) -> Settings:
    """As they would be with these menus; a line that has come since begins as it does. Raises ValidationError for what
    the settings would not take by its type."""
    menus = {name: Menu.model_validate(entry) for name, entry in content["menus"].items()}
    lines = {
        name: line.model_copy(update={"menu": content["lines"].get(name, line.menu)})
        for name, line in settings.lines.items()
    }
    return settings.model_copy(update={"menus": menus, "lines": lines})


def changes_to(settings: Settings, content: Content) -> dict[str, Any]:
    """By key, what has to be decided so that these menus are in force."""
    wanted = with_content(settings, content)
    menus: dict[str, Any] = {
        f"menus.{name}": content["menus"][name]
        for name, menu in wanted.menus.items()
        if settings.menus.get(name) != menu
    }
    gone: dict[str, Any] = {f"menus.{name}": REMOVED for name in settings.menus if name not in wanted.menus}
    lines = {
        f"lines.{name}.menu": line.menu for name, line in wanted.lines.items() if settings.lines[name].menu != line.menu
    }
    return {**menus, **lines, **gone}


def same_menus(settings: Settings, content: Content) -> bool:
    return not changes_to(settings, content)


def faults_of(settings: Settings, manifest: Manifest) -> list[MenuFault]:
    """All that is wrong with the menus of these settings, prompts among them; [] where they can be put in force."""
    faults = [
        _placed(key, reason)
        for key, reason in wrong_references(settings)
        if key.startswith("menus.") or _LINES_MENU.fullmatch(key)
    ]
    faults += [fault for fault in faults_of_menus(settings) if not fault.always]
    for where, prompt in references(settings, manifest):
        if where.startswith("menus.") and manifest.get(prompt) is None:
            faults.append(_placed(where, because("menus.no_prompt", prompt=prompt)))
    return faults


def of_menu(faults: Iterable[MenuFault]) -> Mapping[str, list[MenuFault]]:
    found: dict[str, list[MenuFault]] = {}
    for each in faults:
        found.setdefault(each.menu, []).append(each)
    return found


def _placed(key: str, reason: Reason) -> MenuFault:
    place = _PLACE.fullmatch(key)
    if place is None:
        return MenuFault("", "", reason, always=True)
    menu, below = place.groups()
    return MenuFault(menu, below if below and len(below) == 1 else "", reason, always=True)


def wrong_entry(entry: Mapping[str, Any]) -> dict[str, Reason]:
    """What the settings would not take of one menu by its type: by dotted place in it, what was expected."""
    try:
        Menu.model_validate(entry)
    except ValidationError as error:
        return {".".join(map(str, problem["loc"])): reason_of(problem) for problem in error.errors()}
    return {}
