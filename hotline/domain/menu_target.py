"""Where the keys of the menus may lead, as features tell of it: in `hotline/domain/<feature>/menu_targets.py`, in
`MENU_TARGETS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from hotline.discovery import gathered
from hotline.domain.reasons import Reason


class Leads(StrEnum):
    """What the IVR does with a caller who has pressed the key."""

    OUT = "out"  # of the menus: where the call goes is decided with the choice
    MENU = "menu"  # into the menu that is named
    PROMPT = "prompt"  # the prompt that is named is played, then the menu again
    AGAIN = "again"  # the menu again
    QUESTION = "question"  # the caller is asked for more by keys, hears the answer, then the menu again


@dataclass(frozen=True, slots=True)
class Section:
    """Of the settings: its keys are the names that a target may have. `unknown` tells, by the name and those there are,
    that there is none of that name."""

    key: str
    unknown: Callable[[str, tuple[str, ...]], Reason]


@dataclass(frozen=True, slots=True)
class MenuTarget:
    """Written `kind`, or `kind:name` where a section or the prompts have the names. `prompts`: what is played there,
    whatever the settings. `person`: somebody answers there."""

    kind: str
    leads: Leads
    section: Section | None = None
    prompts: tuple[str, ...] = ()
    person: bool = False

    def takes(self, name: str | None) -> bool:
        """Whether what is behind the colon can be a name; None: there is no colon."""
        if self.leads is Leads.PROMPT:
            return bool(re.fullmatch(r"[a-z0-9/_-]+", name or ""))
        return bool(re.fullmatch(r"[a-z][a-z0-9_-]*", name or "")) if self.section else name is None


@dataclass(frozen=True, slots=True)
class MenuTargets:
    """What a feature tells."""

    each: tuple[MenuTarget, ...]


@cache
def menu_targets() -> Mapping[str, MenuTarget]:
    """All, by kind."""
    told = gathered("hotline.domain", "menu_targets", "MENU_TARGETS", MenuTargets)
    return {target.kind: target for feature in told for target in feature.each}


def target_of(text: str) -> tuple[MenuTarget, str]:
    """The target and the name in it, "" for none. Raises LookupError for what is no target."""
    kind, colon, name = text.partition(":")
    target = menu_targets()[kind]
    if not target.takes(name if colon else None):
        raise LookupError(text)
    return target, name
