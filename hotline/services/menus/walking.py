"""A draft is tried without a call: the IVR's own dialogue is walked, each way through the menus, at any moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from hotline.domain.line import routing
from hotline.domain.line.override import Override
from hotline.domain.line.routing import Arrival, Route
from hotline.domain.menus.graph import targets_at
from hotline.domain.menus.timed import next_turn
from hotline.domain.menus.trial import Walked, Way, ways
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.time import SHANGHAI
from hotline.services.access import require_right
from hotline.services.line.names import require_line
from hotline.services.line.routing import load_book
from hotline.settings import Settings
from hotline.settings.menu_graph import nodes_of
from hotline.storage.transaction import Storage

#: Where a call goes at a moment.
Decide = Callable[[Arrival, datetime], Route]


class Walk(Protocol):
    """The IVR's dialogue with a caller who goes this way on this line from this moment on; `ivr.walk.Walker` is it."""

    def __call__(self, settings: Settings, line: str, way: Way, decide: Decide, at: datetime, /) -> Walked: ...

    def pressed_at(self, settings: Settings, line: str, way: Way, decide: Decide, at: datetime, /) -> tuple[float, ...]:
        """Seconds from the beginning at which each key is pressed, and to the end."""


#: Longer than any way through the menus.
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trial:
    """`is_open`: whether the line is at that moment; if not, callers hear no menu. `other_times`: at which keys lead
    elsewhere."""

    line: str
    at: datetime
    is_open: bool
    walked: tuple[Walked, ...]
    other_times: tuple[datetime, ...]


def try_menus(
    storage: Storage, settings: Settings, walk: Walk, actor: Actor, line: str, at: datetime, as_open: bool
) -> Trial:
    """Of one line; "" is the first. `as_open`: as if it were open then. Raises Forbidden, NotFound."""
    require_right(Act.CHANGE_SETTINGS, actor)
    require_line(settings, line)
    line = line or next(iter(settings.lines))
    decide, is_open = decider(storage, settings, line, at, as_open)
    start = settings.lines[line].menu
    found = [Way("", ())] if not is_open else ways_at(settings, start, at)
    walked = tuple(walk(settings, line, way, decide, at) for way in found)
    timed = [each for node in nodes_of(settings).values() for key in node.keys.values() for each in key.times]
    return Trial(line, at, is_open, walked, tuple(next_turn(timed, at)))


def decider(storage: Storage, settings: Settings, line: str, at: datetime, as_open: bool) -> tuple[Decide, bool]:
    """Where calls of this line go from `at` on, and whether it is open then."""
    with storage.reading() as tx:
        book = load_book(tx, settings, at, line)
    if as_open:
        declared = Override("open", at - _DAY, at + _DAY, "", "", line=line)
        book = replace(book, overrides=(declared, *book.overrides))

    def decide(arrival: Arrival, moment: datetime) -> Route:
        return routing.route(arrival, moment, book)

    return decide, routing.open_state(at, book)[0]


def ways_at(settings: Settings, start: str, at: datetime) -> list[Way]:
    """By where the keys lead at that moment."""
    nodes = nodes_of(settings)
    local = at.astimezone(SHANGHAI)
    if start not in nodes:
        return []
    return ways(targets_at(nodes, (local.weekday(), local.time())), start)
