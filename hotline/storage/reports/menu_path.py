"""The way of callers through the menus: who heard each, pressed what leads nowhere, and hung up in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, literal_column, select

from hotline.domain.calls.call import MenuStep
from hotline.domain.floor.figures import CountsAs
from hotline.domain.reports.scope import Scope
from hotline.storage.calls.tables import call
from hotline.storage.transaction import TableStore

#: Menus are read call by call: beyond so many the latest are looked at.
MOST_CALLS = 20_000

#: Of a whole call its menus alone: to read the rest of it takes ten times as long.
_MENU: ColumnElement[str] = literal_column("call.detail ->> 'menu'").label("menu")
_STEPS: TypeAdapter[tuple[MenuStep, ...]] = TypeAdapter(tuple[MenuStep, ...])

#: How a key that leads into another menu is written.
_TO_MENU = "menu:"


@dataclass(frozen=True, slots=True)
class MenuKey:
    """`target` as the settings have it, "" for a key that means nothing there. `pressed`: how often; `left`: calls
    that hung up right after it, before they were put through."""

    key: str
    target: str
    pressed: int
    left: int


@dataclass(frozen=True, slots=True)
class MenuNode:
    """`menu`: "" where a caller hung up in the first one before they pressed anything. `entered`: calls that heard it;
    `left`: of them, who hung up in it. `missed`: how often a key was pressed that means nothing there (the last one,
    after which a caller is put through, is not told apart from a choice); `silent`: how often none was; `timed_out`: of
    these the last, after which they were put through. `keys`: what was pressed, by key and where it led."""

    menu: str
    entered: int = 0
    left: int = 0
    missed: int = 0
    silent: int = 0
    timed_out: int = 0
    keys: Sequence[MenuKey] = ()


class MenuPathStore(TableStore):
    def nodes(self, scope: Scope) -> tuple[list[MenuNode], bool]:
        """By the menus' names, of calls that came in the scope's time, at its lines; and whether all were read."""
        arrived = (call.c.started_at >= scope.start, call.c.started_at < scope.end, call.c.counts_as != "")
        wanted = select(_MENU, call.c.counts_as).where(*arrived)
        if scope.lines:
            wanted = wanted.where(call.c.line.in_(scope.lines))
        wanted = wanted.order_by(call.c.started_at.desc(), call.c.id.desc()).limit(MOST_CALLS + 1)
        rows = self._connection.execute(wanted).all()
        entered: Counter[str] = Counter()
        left: Counter[str] = Counter()
        missed: Counter[str] = Counter()
        silent: Counter[str] = Counter()
        timed_out: Counter[str] = Counter()
        pressed: Counter[tuple[str, str, str]] = Counter()
        left_after: Counter[tuple[str, str, str]] = Counter()
        for menu, counts_as in rows[:MOST_CALLS]:
            steps = _STEPS.validate_json(menu or "[]")
            heard = {step.menu for step in steps}
            if counts_as == CountsAs.LEFT_IVR:
                heard.add(_last(steps))
                left[_last(steps)] += 1
                left_after.update(_key_of(step) for step in steps[-1:])
            entered.update(heard)
            missed.update(step.menu for step in steps if step.key and not step.target)
            silent.update(step.menu for step in steps if not step.key)
            timed_out.update(step.menu for step in steps if not step.key and step.target)
            pressed.update(_key_of(step) for step in steps if step.key)
        keys: dict[str, list[MenuKey]] = defaultdict(list)
        for menu, key, target in sorted(pressed):
            its = (menu, key, target)
            keys[menu].append(MenuKey(key, target, pressed[its], left_after[its]))
        nodes = [
            MenuNode(
                each, entered[each], left[each], missed[each], silent[each], timed_out[each], tuple(keys.get(each, ()))
            )
            for each in sorted(entered)
        ]
        return nodes, len(rows) <= MOST_CALLS


def _key_of(step: MenuStep) -> tuple[str, str, str]:
    return step.menu, step.key, step.target


def _last(steps: Sequence[MenuStep]) -> str:
    """In which menu they were at the end: where the last key led, or where it was pressed."""
    if not steps:
        return ""
    last = steps[-1]
    return last.target.removeprefix(_TO_MENU) if last.target.startswith(_TO_MENU) else last.menu
