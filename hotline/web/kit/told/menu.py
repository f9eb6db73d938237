"""The main menu: features tell its entries, the layout shows those that the reader may visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from flask import Flask, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.web.kit.shown import may_visit


@dataclass(frozen=True)
class MenuGroup:
    """Entries that stand below one heading, if the reader may visit more than one of them. `place`: its order."""

    name: str
    symbol: str
    title: LazyString
    place: int


#: Those that several features share; one of a feature alone stands in its feature.py.
CUSTOMERS = MenuGroup("customers", "users", _("Customers"), 62)
QUALITY = MenuGroup("quality", "clipboard-check", _("Quality"), 80)
SHIFTS = MenuGroup("shifts", "calendar-event", _("Shifts"), 105)
KEEPING = MenuGroup("keeping", "archive", _("Keeping"), 90)
REFERENCE = MenuGroup("reference", "book", _("Reference"), 100)


#: Under this name the application has its menu.
_EXTENSION = "hotline_menu"


def always() -> bool:
    return True


@dataclass(frozen=True)
class MenuEntry:
    """`endpoint`: of a page without arguments; who may visit it sees the entry, if `shown` says so too. `place`: its
    order in its group, or without one among the groups. `waits`: what is counted beside it, as a feature's
    services/<feature>/waiting.py names it."""

    endpoint: str
    symbol: str
    title: LazyString
    place: int
    group: MenuGroup | None = None
    shown: Callable[[], bool] = always
    waits: str = ""


@dataclass(frozen=True)
class MenuPart:
    """What stands beside each other: one entry, or a group with several."""

    group: MenuGroup | None
    entries: tuple[MenuEntry, ...]

    @property
    def waits(self) -> str:
        """All that is counted below it, parted by blanks."""
        return " ".join(entry.waits for entry in self.entries if entry.waits)


class Menu:
    """`under`: endpoint or blueprint of pages without an entry -> the entry's endpoint that is marked on them."""

    def __init__(self, entries: Iterable[MenuEntry], under: Mapping[str, str]) -> None:
        self._entries = sorted(entries, key=_order)
        self._under = under

    def of_reader(self) -> list[MenuPart]:
        """What the signed-in reader sees, from left to right."""
        visible = [entry for entry in self._entries if entry.shown() and may_visit(entry.endpoint)]
        parts: list[MenuPart] = []
        for _place, beside in groupby(visible, key=_top):
            entries = tuple(beside)
            parts.append(MenuPart(entries[0].group if len(entries) > 1 else None, entries))
        return parts

    def waits(self) -> list[str]:
        """What is counted beside what the reader sees."""
        return [name for part in self.of_reader() for name in part.waits.split()]

    def marked(self) -> str | None:
        """The endpoint of the entry to which this page belongs."""
        owner = self._under.get(request.endpoint or "") or self._under.get(request.blueprint or "")
        return owner if owner and may_visit(owner) else request.endpoint


def _top(entry: MenuEntry) -> tuple[int, str]:
    return (entry.group.place, entry.group.name) if entry.group else (entry.place, entry.endpoint)


def _order(entry: MenuEntry) -> tuple[tuple[int, str], int, str]:
    return _top(entry), entry.place, entry.endpoint


def menu_of(app: Flask) -> Menu:
    menu: Menu = app.extensions[_EXTENSION]
    return menu


def install(app: Flask, entries: Iterable[MenuEntry], under: Mapping[str, str]) -> None:
    menu = Menu(entries, under)
    app.extensions[_EXTENSION] = menu
    app.add_template_global(menu.of_reader, "menu")
    app.add_template_global(menu.marked, "marked_entry")
