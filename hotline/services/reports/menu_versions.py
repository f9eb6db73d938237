"""Which version of the menus a call heard: what was decided on them, and from when it held."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import UTC, datetime

from hotline.domain.settings.change import standing
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.transaction import Transaction

#: What decides what callers hear in the menus: a menu, or with which one a line begins.
_OF_MENUS = re.compile(r"menus(\..+)?|lines\.[^.]+(\.menu)?")


class MenuVersions:
    """Menus that are put in force together are one version."""

    def __init__(self, tx: Transaction) -> None:
        changes = standing(SettingChangeStore(tx).all())
        self._moments = sorted({each.from_at for each in changes if _OF_MENUS.fullmatch(each.key)})

    def at(self, moment: datetime) -> str:
        """Since when, in UTC; "" as the files have them."""
        place = bisect_right(self._moments, moment)
        return version_text(self._moments[place - 1]) if place else ""


def version_text(since: datetime) -> str:
    return since.astimezone(UTC).isoformat(timespec="seconds")


def version_moment(version: str) -> datetime | None:
    """None for the files' own, and for what is no version."""
    try:
        return datetime.fromisoformat(version)
    except ValueError:
        return None
