"""A draft is tried: the ways through its menus, and what a caller who goes one of them hears and where they end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from hotline.domain.menus.draft import Content
from hotline.domain.menus.graph import KEYS, Targets, in_order, menus_below
from hotline.domain.reasons import Reason

#: A caller who presses nothing.
SILENCE = ""


@dataclass(frozen=True, slots=True)
class Way:
    """`keys`: pressed one after the other, each when the prompt is over; then nothing more. `menu`: in which the last
    of them is pressed."""

    menu: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What happened: prompts that were said one after the other, then a key; "" for none. `to`: where it led."""

    prompts: tuple[str, ...]
    key: str = SILENCE
    menu: str = ""
    to: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"prompts": list(self.prompts), "key": self.key, "menu": self.menu, "to": self.to}


@dataclass(frozen=True, slots=True)
class Walked:
    """`kind`: the value of `RouteKind` in which it ended, "goodbye" among them; "" where it came to no end. `target`: a
    queue, duty numbers. `seconds`: until then."""

    way: Way
    steps: tuple[Step, ...]
    kind: str
    target: str = ""
    reason: str = ""
    seconds: float = 0.0
    faults: tuple[Reason, ...] = ()


class TrialState(StrEnum):
    WAITS = "waits"
    CALLS = "calls"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TrialCall:
    """One way, tried by a real call. `token`: by which the IVR knows it. `sent`: its keys with the pauses before them;
    `stays`: seconds after the last. `ended`: kind, target, reason and seconds."""

    draft_id: int
    version: int
    line: str
    way: Way
    token: str
    content: Content
    at: datetime
    sent: str
    stays: int
    asked_by: str
    asked_at: datetime
    state: TrialState = TrialState.WAITS
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    steps: tuple[Step, ...] = ()
    ended: Mapping[str, Any] | None = None
    fault: Reason | None = None
    id: int | None = None

    @property
    def is_over(self) -> bool:
        return self.state in (TrialState.DONE, TrialState.FAILED)


def ways(targets: Targets, start: str) -> list[Way]:
    """Every key of every menu that callers come to, by the shortest way there; in each menu besides nothing at all,
    and one key that leads nowhere."""
    found = []
    for menu, steps in menus_below(targets, start).items():
        before = tuple(key for _menu, key in steps)
        wrong = next((key for key in KEYS if key not in targets[menu]), None)
        pressed = [key for key, _to in in_order(targets[menu])]
        found += [Way(menu, (*before, key)) for key in [*pressed, *([wrong] if wrong else [])]]
        found.append(Way(menu, (*before, SILENCE)))
    return found
