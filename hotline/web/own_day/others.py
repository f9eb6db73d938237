"""What else waits for whoever reads, as the menu counts it: approvals, requests, appeals."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app

from hotline.services.waiting import waiting_of
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.told.menu import MenuEntry, menu_of

#: Counted among the figures of the day already.
_THERE = frozenset({"forms", "callbacks", "visits", "own_results", "bulletins"})


def others_waiting() -> Sequence[tuple[MenuEntry, int]]:
    """Those of which something waits, in the order of the menu."""
    parts = menu_of(current_app).of_reader()
    entries = [each for part in parts for each in part.entries if each.waits and each.waits not in _THERE]
    counts = waiting_of(web().storage, actor(), [entry.waits for entry in entries], web().now())
    return [(entry, counts[entry.waits]) for entry in entries if entry.waits in counts]
