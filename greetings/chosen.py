"""What was chosen, by prompt, line and day, in place of the sounds that an instance has by itself; and more prompts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ChosenSound:
    """A sound as Asterisk plays it. `sha256` tells it from others; `read` gives it."""

    sha256: str
    words: str
    read: Callable[[], bytes] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """`prompts` by prompt, line ("" is all lines) and language; `others` by name in Asterisk: what no manifest has."""

    prompts: Mapping[tuple[str, str, str], ChosenSound] = field(default_factory=dict)
    others: Mapping[str, ChosenSound] = field(default_factory=dict)


NOTHING = Chosen()
