"""Menus and where their keys lead, as a graph: what is found wrong in it is found here, whoever asks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import TypeVar

from hotline.domain.menu_target import Leads, target_of
from hotline.domain.menus.timed import TimedTarget, target_in_week

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Key:
    """`to`: where it usually leads; `times`: where it leads at other times."""

    to: str
    times: tuple[TimedTarget, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.to, *(each.to for each in self.times))


@dataclass(frozen=True, slots=True)
class Node:
    """One menu."""

    keys: Mapping[str, Key] = field(default_factory=dict)


#: In the order in which people read them.
KEYS = "1234567890*#"

#: A moment of the week from which on all keys lead where they do then, until the next one: weekday (Monday is 0), time.
Slice = tuple[int, time]

#: By menu and key, the target at one time.
Targets = Mapping[str, Mapping[str, str]]

_MONDAY: Slice = (0, time.min)


def slices(nodes: Mapping[str, Node]) -> list[Slice]:
    """One for each time of the week at which a key may lead elsewhere than before; one alone where none does."""
    timed = [each for node in nodes.values() for key in node.keys.values() for each in key.times]
    turns = {time.min, *(edge for each in timed for edge in (each.start, each.end))}
    return [(day, turn) for day in range(7) for turn in sorted(turns)] if timed else [_MONDAY]


def targets_at(nodes: Mapping[str, Node], at: Slice) -> Targets:
    day, moment = at
    return {
        menu: {digit: target_in_week(key.to, key.times, day, moment) for digit, key in node.keys.items()}
        for menu, node in nodes.items()
    }


def menus_below(targets: Targets, start: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Every menu that is reached from this one, itself among them, by the shortest way: (menu, key) of each step."""
    found: dict[str, tuple[tuple[str, str], ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        menu = waiting.popleft()
        for digit, to in in_order(targets.get(menu, {})):
            target, name = target_of(to)
            if target.leads is Leads.MENU and name not in found and name in targets:
                found[name] = (*found[menu], (menu, digit))
                waiting.append(name)
    return found


def keys_to_a_person(targets: Targets, start: str) -> int | None:
    """The fewest keys from this menu to somebody who answers; None where no key leads to one."""
    below = menus_below(targets, start)
    reached = [
        len(way) + 1 for menu, way in below.items() if any(target_of(to)[0].person for to in targets[menu].values())
    ]
    return min(reached, default=None)


def has_way_out(targets: Targets, start: str) -> bool:
    """Whether a caller who presses keys comes to anything else than menus, over and over."""
    leads = {target_of(to)[0].leads for menu in menus_below(targets, start) for to in targets[menu].values()}
    return bool(leads - {Leads.MENU, Leads.AGAIN})


def edges(nodes: Mapping[str, Node]) -> Iterator[tuple[str, str, str]]:
    """Menu, key and target of each key, its times among them."""
    for menu, node in nodes.items():
        for digit, key in in_order(node.keys):
            for to in key.targets:
                yield menu, digit, to


def in_order(keys: Mapping[str, T]) -> list[tuple[str, T]]:
    """Keys as people read them."""
    return sorted(keys.items(), key=lambda each: KEYS.find(each[0]))
