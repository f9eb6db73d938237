"""What is wrong with menus as they lead to each other: each fault with the menu, the key and the words for it (A1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hotline.domain.menus.graph import Node, Targets, has_way_out, keys_to_a_person, menus_below, slices, targets_at
from hotline.domain.reasons import Reason, because

#: So many keys at most are pressed before somebody can answer (ours).
MOST_KEYS_TO_A_PERSON = 3


@dataclass(frozen=True, slots=True)
class MenuFault:
    """`key`: "" where it is the menu's own. `always`: callers are lost in it, so that no way into the settings takes
    it; what is not so may stand there for a while, such as a menu that no key leads to yet, and is refused to a draft
    that is put in force."""

    menu: str
    key: str
    reason: Reason
    always: bool = False


def menu_faults(nodes: Mapping[str, Node], starts: Collection[str]) -> list[MenuFault]:
    """`starts`: the menus that lines begin with. What a key leads to has to exist."""
    found: dict[tuple[str, str], MenuFault] = {}
    reached: set[str] = set()
    for at in slices(nodes):
        targets = targets_at(nodes, at)
        for start in sorted(set(starts) & set(nodes)):
            below = menus_below(targets, start)
            reached |= set(below)
            _note(found, _far(targets, start))
        for menu in nodes:
            _note(found, _without_end(targets, menu))
    for menu in nodes:
        if menu not in reached:
            _note(found, MenuFault(menu, "", because("menus.unreachable", menu=menu)))
        if not nodes[menu].keys:
            _note(found, MenuFault(menu, "", because("menus.no_keys", menu=menu)))
    return list(found.values())


def _note(found: dict[tuple[str, str], MenuFault], fault: MenuFault | None) -> None:
    """The same at another time of the week is told once."""
    if fault is not None:
        found.setdefault((fault.menu, fault.reason.code), fault)


def _far(targets: Targets, start: str) -> MenuFault | None:
    keys = keys_to_a_person(targets, start)
    if keys is None:
        return MenuFault(start, "", because("menus.no_person", menu=start)) if targets[start] else None
    if keys > MOST_KEYS_TO_A_PERSON:
        return MenuFault(start, "", because("menus.far_person", menu=start, keys=keys, most=MOST_KEYS_TO_A_PERSON))
    return None


def _without_end(targets: Targets, menu: str) -> MenuFault | None:
    if not targets[menu] or has_way_out(targets, menu):
        return None
    below = menus_below(targets, menu)
    if any(not targets[each] for each in below):  # without a key to press, callers go on to the operators
        return None
    keys = "".join(targets[menu])
    if len(below) == 1:
        return MenuFault(menu, keys[0], because("menus.only_repeats", menu=menu, keys=", ".join(keys)), always=True)
    others = tuple(each for each in below if each != menu)
    return MenuFault(menu, keys[0], because("menus.loop", menu=menu, keys=", ".join(keys), menus=others), always=True)
