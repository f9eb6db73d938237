"""What a finished call brings to the figures of the menus: each time that one was heard, and how that ended. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hotline.domain.calls.call import Call, MenuStep
from hotline.domain.floor.figures import CountsAs

#: How a key that leads into another menu is written, and one that leads to voicemail.
_TO_MENU, _TO_VOICEMAIL = "menu:", "voicemail"

#: What a call counts as that was handed on to people.
_HANDED_ON = frozenset(
    {
        CountsAs.ANSWERED,
        CountsAs.LEFT_QUEUE,
        CountsAs.LEFT_RINGING,
        CountsAs.UNANSWERED,
        CountsAs.CALLBACK,
        CountsAs.VOICEMAIL,
    }
)


class Heard(StrEnum):
    """How hearing a menu once ended."""

    KEY = "key"  # one that leads somewhere
    MISSED = "missed"  # one that means nothing there
    SILENT = "silent"  # none; it was heard again
    TIMED_OUT = "timed_out"  # none; the caller was put through
    LEFT = "left"  # the caller hung up
    BROKEN = "broken"  # we broke off


class WayOut(StrEnum):
    """What became of the call after the menus."""

    PEOPLE = "people"
    VOICEMAIL = "voicemail"  # by choice; after waiting for people in vain it is theirs
    SERVED = "served"
    LEFT = "left"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class MenuFact:
    """One hearing of a menu. `menu` "": the first one, before any key was pressed in it. `target` as the settings have
    it, "" for none. `is_first`, `is_first_choice`: the call had not heard this menu, or made this choice, before.
    `left_after`: the caller hung up right after this key."""

    place: int
    menu: str
    key: str
    target: str
    ended: Heard
    way_out: WayOut
    is_first: bool
    is_first_choice: bool
    left_after: bool

    @property
    def choice(self) -> str:
        """Menu, key and where it led; "" where no key was pressed."""
        return choice_text(self.menu, self.key, self.target) if self.key else ""


def choice_text(menu: str, key: str, target: str) -> str:
    """A choice as one text, for an axis; without a target where the key means nothing."""
    return f"{menu} {key} {target}".rstrip()


def choice_of(text: str) -> tuple[str, str, str]:
    """Menu, key and target of such a text; names of menus and keys hold no blank."""
    menu, _blank, rest = text.partition(" ")
    key, _blank, target = rest.partition(" ")
    return menu, key, target


def menu_facts(call: Call, kind: str) -> list[MenuFact]:
    """In order; `kind`: what the call counts as, "" for what is in no figure, which brings nothing."""
    if not kind:
        return []
    counted, steps = CountsAs(kind), call.menu
    left = counted is CountsAs.LEFT_IVR
    heard = [(step.menu, step.key, step.target, _ended(step)) for step in steps]
    if left or (counted is CountsAs.FAILED and not call.queues and not call.rings):
        heard.append((_menu_at_end(steps), "", "", Heard.LEFT if left else Heard.BROKEN))
    way_out = _way_out(counted, steps)
    seen: set[str] = set()
    chosen: set[tuple[str, str, str]] = set()
    found = []
    for place, (menu, key, target, ended) in enumerate(heard):
        its = (menu, key, target)
        first, first_choice = menu not in seen, bool(key) and its not in chosen
        right_after = left and bool(key) and place == len(steps) - 1
        found.append(MenuFact(place, menu, key, target, ended, way_out, first, first_choice, right_after))
        seen.add(menu)
        chosen.add(its)
    return found


def _ended(step: MenuStep) -> Heard:
    if step.key:
        return Heard.KEY if step.target else Heard.MISSED
    return Heard.TIMED_OUT if step.target else Heard.SILENT


def _menu_at_end(steps: Sequence[MenuStep]) -> str:
    """Where the last key led, or where it was pressed."""
    if not steps:
        return ""
    last = steps[-1]
    return last.target.removeprefix(_TO_MENU) if last.target.startswith(_TO_MENU) else last.menu


def _way_out(counted: CountsAs, steps: Sequence[MenuStep]) -> WayOut:
    if counted is CountsAs.LEFT_IVR:
        return WayOut.LEFT
    if steps and steps[-1].target == _TO_VOICEMAIL:
        return WayOut.VOICEMAIL
    if counted in _HANDED_ON:
        return WayOut.PEOPLE
    return WayOut.SERVED if counted is CountsAs.SELF_SERVED else WayOut.OTHER
