"""The menus of the settings as the graph in which faults are found."""

from __future__ import annotations

from hotline.domain.menu_target import target_of
from hotline.domain.menus.faults import MenuFault, menu_faults
from hotline.domain.menus.graph import Key, Node
from hotline.domain.menus.timed import timed_target
from hotline.settings.schema import Settings


def nodes_of(settings: Settings) -> dict[str, Node]:
    return {
        menu_id: Node({digit: Key(key.to, tuple(map(timed_target, key.times))) for digit, key in menu.keys.items()})
        for menu_id, menu in settings.menus.items()
    }


def faults_of_menus(settings: Settings) -> list[MenuFault]:
    """[] while a key leads to a menu that there is not: that is told of first."""
    nodes = nodes_of(settings)
    named = (target_of(to) for node in nodes.values() for key in node.keys.values() for to in key.targets)
    if any(
        target.section is not None and target.section.key == "menus" and name not in nodes for target, name in named
    ):
        return []
    return menu_faults(nodes, {line.menu for line in settings.lines.values()})
