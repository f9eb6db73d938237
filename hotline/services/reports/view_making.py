"""The SQL views of the figures, by the settings in force."""

from __future__ import annotations

from dataclasses import replace

from hotline.services.reports.figures import terms
from hotline.settings import Settings
from hotline.storage.reports.figure_sql import Terms
from hotline.storage.reports.views import make_views
from hotline.storage.transaction import Storage

#: The present moment, for both databases.
_NOW = "CURRENT_TIMESTAMP"


def view_terms(settings: Settings) -> Terms:
    """What the settings in force say, with nothing left to be filled in."""
    return replace(terms(settings), now=_NOW)


def make(storage: Storage, settings: Settings) -> int:
    """All views anew; says how many."""
    with storage.writing() as tx:
        return make_views(tx.connection, view_terms(settings))


class ViewKeeper:
    """Makes them once a process, and again when the settings say another number."""

    def __init__(self) -> None:
        self._made: Terms | None = None

    def keep(self, storage: Storage, settings: Settings) -> int:
        """How many were made."""
        wanted = view_terms(settings)
        if wanted == self._made:
            return 0
        made = make(storage, settings)
        self._made = wanted
        return made
