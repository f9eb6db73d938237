"""The tree of categories: one is moved below another, retired and brought back, each a decision of the settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hotline.domain.errors import NotFound, Refused
from hotline.services.settings.on_page import Build, ChangedMeanwhile
from hotline.settings import Settings
from hotline.settings.console import Category, is_retired
from hotline.settings.plain import plain


@dataclass(frozen=True, slots=True)
class Branch:
    """A category with its depth in the tree, from 0. `retired`: by itself; `out`: by itself or one above it. `under`:
    those that it may be moved below, with their paths."""

    id: str
    category: Category
    depth: int
    retired: bool
    out: bool
    below: int
    under: tuple[tuple[str, str], ...]


def branches(settings: Settings) -> list[Branch]:
    """Each above those that stand below it."""
    return list(_branches(settings.categories, "", 0))


def _branches(categories: Mapping[str, Category], parent: str, depth: int) -> Iterator[Branch]:
    for key, category in categories.items():
        if category.parent != parent:
            continue
        lower = set(_lower(categories, key))
        under = tuple((each, path_of(categories, each)) for each in categories if each != key and each not in lower)
        yield Branch(key, category, depth, category.retired, is_retired(categories, key), len(lower), under)
        yield from _branches(categories, key, depth + 1)


def path_of(categories: Mapping[str, Category], key: str) -> str:
    """Its names from the top down."""
    category = categories[key]
    above = f"{path_of(categories, category.parent)} › " if category.parent in categories else ""
    return f"{above}{category.name}"


def _lower(categories: Mapping[str, Category], key: str) -> Iterator[str]:
    for each, category in categories.items():
        if category.parent == key:
            yield each
            yield from _lower(categories, each)


def moved(key: str, parent: str, seen: str) -> Build:
    """It stands below `parent` ("": at the top) from now on; `seen`: below which it was shown. Raises NotFound,
    ChangedMeanwhile, Refused for below itself."""

    def build(current: Settings) -> dict[str, Any]:
        category = _category(current, key)
        if category.parent != seen:
            raise ChangedMeanwhile((f"categories.{key}.parent",))
        if parent and parent not in current.categories:
            raise NotFound("settings.no_setting", key=f"categories.{parent}"[:80])
        if parent == key or parent in _lower(current.categories, key):
            raise Refused("settings.below_itself", field="parent")
        return _with(key, category, parent=parent) if parent != category.parent else {}

    return build


def retired(key: str, is_so: bool) -> Build:
    """It is chosen for nothing new any more, or is again. Raises NotFound."""

    def build(current: Settings) -> dict[str, Any]:
        category = _category(current, key)
        return _with(key, category, retired=is_so) if category.retired != is_so else {}

    return build


def _category(current: Settings, key: str) -> Category:
    if key not in current.categories:
        raise NotFound("settings.no_setting", key=f"categories.{key}"[:80])
    return current.categories[key]


def _with(key: str, category: Category, **changes: Any) -> dict[str, Any]:
    return {f"categories.{key}": {**plain(category), **changes}}
