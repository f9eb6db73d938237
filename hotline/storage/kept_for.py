"""E2: what calls are kept for, besides the law's own term. A feature tells it in a module `kept_for` of its folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection

from hotline.discovery import gathered

#: Node and linkedid.
CallKey = tuple[str, str]


class KeepsCalls:
    """What a feature tells as `KEPT_FOR`. It may tell of more calls than it is asked for."""

    def visits(self, connection: Connection, linkedids: Collection[str]) -> Iterable[tuple[CallKey, datetime | None]]:
        """What followed from these calls: when it was closed, None for what is still open. The term begins with the
        latest of them, and not before all are closed."""
        return ()

    def categories(self, connection: Connection, linkedids: Collection[str]) -> Iterable[tuple[CallKey, str]]:
        """Under which category of the settings, which may have a longer term, each of these calls stands."""
        return ()


def visits_of(connection: Connection, linkedids: Collection[str]) -> dict[CallKey, list[datetime | None]]:
    """By call, of all features."""
    found: dict[CallKey, list[datetime | None]] = defaultdict(list)
    for feature in _features():
        for key, closed_at in feature.visits(connection, linkedids):
            found[key].append(closed_at)
    return found


def categories_of(connection: Connection, linkedids: Collection[str]) -> dict[CallKey, str]:
    """By call; those that stand under one."""
    return {
        key: category
        for feature in _features()
        for key, category in feature.categories(connection, linkedids)
        if category
    }


def _features() -> tuple[KeepsCalls, ...]:
    return gathered("hotline.storage", "kept_for", "KEPT_FOR", KeepsCalls)
