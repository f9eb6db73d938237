"""Menus drawn: a box a menu, a row a key, an arrow where a key leads to another menu. Measures are of the SVG."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from hotline.domain.menu_target import Leads, target_of
from hotline.domain.menus.graph import in_order
from hotline.domain.menus.timed import timed_target
from hotline.settings import Settings

WIDTH, HEAD, ROW, GAP_X, GAP_Y, EDGE = 250, 46, 24, 70, 24, 12


@dataclass(frozen=True, slots=True)
class Row:
    """`y`: of its middle. `when`: the days and period of a target at other times."""

    y: int
    key: str
    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    height: int
    name: str
    says: str
    rows: tuple[Row, ...]
    lines: tuple[str, ...]
    changed: bool
    wrong: bool


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """How things are said: `prompt` of a prompt's id, `target` of a target in a menu."""

    prompt: Callable[[str], str]
    target: Callable[[str, str], str]


def picture(settings: Settings, words: Words, changed: Collection[str], wrong: Collection[str]) -> Picture:
    """From left to right as callers go; what nobody comes to stands last."""
    columns = _columns(settings)
    boxes: dict[str, Box] = {}
    for at, names in enumerate(columns):
        y = EDGE
        for name in names:
            rows = _rows(settings, words, name, y + HEAD)
            height = HEAD + ROW * len(rows) + 6
            lines = tuple(line for line, kept in settings.lines.items() if kept.menu == name)
            says = words.prompt(settings.menus[name].prompt)
            x = EDGE + at * (WIDTH + GAP_X)
            boxes[name] = Box(x, y, height, name, says, rows, lines, name in changed, name in wrong)
            y += height + GAP_Y
    # Beside the last column is room for arrows that go around.
    width = EDGE + len(columns) * (WIDTH + GAP_X) - GAP_X // 2
    height = max((box.y + box.height for box in boxes.values()), default=0) + EDGE
    return Picture(width, height, tuple(boxes.values()), tuple(_arrows(settings, boxes)))


def _columns(settings: Settings) -> list[list[str]]:
    """By the fewest keys to each."""
    found: list[list[str]] = []
    next_ones = list(dict.fromkeys(line.menu for line in settings.lines.values() if line.menu in settings.menus))
    seen = set(next_ones)
    while next_ones:
        found.append(next_ones)
        below = [name for menu in next_ones for name in _menus_of(settings, menu)]
        next_ones = [name for name in dict.fromkeys(below) if name not in seen]
        seen |= set(next_ones)
    left = [name for name in settings.menus if name not in seen]
    return [*found, left] if left else found


def _menus_of(settings: Settings, menu: str) -> list[str]:
    named = [target_of(to) for _key, entry in in_order(settings.menus[menu].keys) for to in entry.targets]
    return [name for target, name in named if target.leads is Leads.MENU and name in settings.menus]


def _targets(settings: Settings, menu: str) -> list[tuple[str, str, str]]:
    """Key, target, and when it leads there otherwise than usual."""
    found = []
    for key, entry in in_order(settings.menus[menu].keys):
        found.append((key, entry.to, ""))
        found += [("", timed_target(each).to, each.rpartition(" ")[0]) for each in entry.times]
    return found


def _rows(settings: Settings, words: Words, menu: str, top: int) -> tuple[Row, ...]:
    return tuple(
        Row(top + ROW * at + ROW // 2, key, words.target(to, menu), when)
        for at, (key, to, when) in enumerate(_targets(settings, menu))
    )


def _arrows(settings: Settings, boxes: dict[str, Box]) -> list[str]:
    found = []
    for menu, box in boxes.items():
        for (_key, to, _when), row in zip(_targets(settings, menu), box.rows, strict=True):
            target, name = target_of(to)
            if target.leads is Leads.MENU and name in boxes:
                found.append(_arrow(box, row, boxes[name]))
    return found


def _arrow(box: Box, row: Row, to: Box) -> str:
    """To a box on the right from the right side, to one on the left from the left; to the same, or one above or below
    it, around by the right."""
    y, end_y, right, bend = row.y, to.y + HEAD // 2, box.x + WIDTH, GAP_X // 2
    if to.x > box.x:
        start, out, back, end = right, right + bend, to.x - bend, to.x - 4
    elif to.x < box.x:
        start, out, back, end = box.x, box.x - bend, to.x + WIDTH + bend, to.x + WIDTH + 4
    else:
        start, out, back, end = right, right + bend, right + bend, right + 4
    return f"M{start} {y} C{out} {y} {back} {end_y} {end} {end_y}"
