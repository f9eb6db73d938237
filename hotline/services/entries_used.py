"""What entries of tables are used for beside the settings: a category stands in log forms, so it is not taken away.

Features tell of it in `hotline/services/<feature>/entries_in_use.py`, where `IN_USE` says by table what has one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from hotline.discovery import gathered, together
from hotline.domain.errors import Refused
from hotline.storage.transaction import Transaction

#: Whether something has the entry of this name.
Used = Callable[[Transaction, str], bool]


@cache
def _known() -> Mapping[str, Used]:
    return together(gathered("hotline.services", "entries_in_use", "IN_USE", dict))


def require_unused(tx: Transaction, removed: Iterable[str]) -> None:
    """`removed`: keys of entries ("categories.harm"). Raises Refused for one that is used."""
    for key in removed:
        table, _dot, name = key.rpartition(".")
        used = _known().get(table)
        if used is not None and used(tx, name):
            raise Refused("settings.entry_used", entry=key)
