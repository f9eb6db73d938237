"""The way of callers through the menus: by menu, by key, and by version of the menus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.reports.menu_fact import choice_of
from hotline.domain.reports.scope import Axis, Scope, Value
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.reports import figures
from hotline.services.reports.asking import scope_for
from hotline.services.reports.menu_versions import version_moment
from hotline.settings import Settings
from hotline.storage.transaction import Storage

#: What is shown of all, and of each menu, key and version.
WHOLE = ("menu_entered", "menu_missed_rate", "menu_to_people", "menu_to_voicemail", "menu_to_end", "menu_to_hang_up")
BY_MENU = (
    "menu_entered",
    "menu_heard",
    "menu_pressed",
    "menu_missed",
    "menu_silent",
    "menu_timed_out",
    "menu_left",
    "menu_broken",
    "menu_to_people",
    "menu_to_voicemail",
    "menu_to_end",
    "menu_to_hang_up",
)
BY_CHOICE = (
    "menu_choices",
    "menu_pressed",
    "menu_left_after",
    "choice_to_people",
    "choice_to_voicemail",
    "choice_to_end",
    "choice_to_hang_up",
)


@dataclass(frozen=True, slots=True)
class SeenMenu:
    """`menu` "": where callers hung up before they pressed any key."""

    menu: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class SeenChoice:
    """`target`: as the settings have it, "" for a key that means nothing there. `text`: as a scope asks for it."""

    text: str
    menu: str
    key: str
    target: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """`since` None: as the files have the menus, or had them before anything was decided."""

    version: str
    since: datetime | None
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class SeenMenus:
    """`versions`: the newest first, of the same time and line whatever version is asked for."""

    values: Mapping[str, Value]
    before: Mapping[str, Value]
    menus: Sequence[SeenMenu]
    choices: Sequence[SeenChoice]
    versions: Sequence[SeenVersion]


def see_menus(
    storage: Storage, settings: Settings, scope: Scope, before: Scope, actor: Actor, now: datetime
) -> SeenMenus:
    """Raises Forbidden: a menu is nobody's own, so whoever sees only some people's figures sees none of these."""
    require_right(Act.SEE_REPORTS, actor)
    with storage.counting(settings.reports.most_seconds) as tx:
        asked = scope_for(tx, scope, BY_MENU, actor)
        any_version = replace(asked, menu_versions=())
        seen = SeenMenus(
            figures.values(tx, asked, WHOLE, settings, now),
            figures.values(tx, before, WHOLE, settings, now),
            [SeenMenu(each.key, each.values) for each in figures.split(tx, asked, BY_MENU, Axis.MENU, settings, now)],
            [
                SeenChoice(each.key, *choice_of(each.key), each.values)
                for each in figures.split(tx, asked, BY_CHOICE, Axis.MENU_CHOICE, settings, now)
                if each.key
            ],
            [
                SeenVersion(each.key, version_moment(each.key), each.values)
                for each in reversed(figures.split(tx, any_version, WHOLE, Axis.MENU_VERSION, settings, now))
            ],
        )
    note_look(storage, actor, now, "figures.view", "report_page:menus")
    return seen
