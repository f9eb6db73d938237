"""Decisions on settings, and what they come to at a moment. Nothing of them is ever changed or deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any


class Act(StrEnum):
    """What a row says of its key. The values are stored."""

    SET = "set"  # it has this value
    AS_FILE = "as_file"  # nothing is decided any more: it is as the files say
    REMOVE = "remove"  # an entry of a table is not there, whatever the files say
    WITHDRAW = "withdraw"  # the change whose id is the value does not come into force
    NOTE = "note"  # noticed, not decided: the files gave it this value from then on
    ASK = "ask"  # somebody wants it changed, and a second person has to agree; the value says to what
    ANSWER = "answer"  # what was asked under the ids that are the value was agreed to, refused or taken back
    VARIABLE = "variable"  # the same of a variable of the environment, over which nothing can be decided


#: What changes nothing by itself.
TALK = (Act.ASK, Act.ANSWER)

#: What was noticed of files and environment.
NOTICED = (Act.NOTE, Act.VARIABLE)


class Gone(Enum):
    """Among values: the entry is taken away."""

    REMOVED = "removed"


REMOVED = Gone.REMOVED


@dataclass(frozen=True, slots=True)
class SettingChange:
    """`key`: dotted. It holds from `from_at`, and was written at `decided_at`. `id`: None before it is stored."""

    key: str
    act: Act
    value: Any
    from_at: datetime
    decided_by: str
    decided_at: datetime
    reason: str = ""
    id: int | None = None


def standing(changes: Iterable[SettingChange]) -> list[SettingChange]:
    """What was decided and not withdrawn, in the order in which it comes into force; of one moment, the later decided
    comes later and so wins."""
    kept = list(changes)
    withdrawn = {change.value for change in kept if change.act is Act.WITHDRAW}
    decided = (Act.SET, Act.AS_FILE, Act.REMOVE)
    found = (change for change in kept if change.act in decided and change.id not in withdrawn)
    return sorted(found, key=lambda change: (change.from_at, change.id or 0))


def decided(changes: Sequence[SettingChange], at: datetime) -> dict[str, SettingChange]:
    """By key, of what `standing` gives: which decision each key has at that moment. A decision on an entry takes the
    place of all that was decided before on what lies in it."""
    found: dict[str, SettingChange] = {}
    for change in changes:
        if change.from_at > at:
            break
        for key in [key for key in found if key == change.key or key.startswith(f"{change.key}.")]:
            del found[key]
        if change.act is not Act.AS_FILE:
            found[change.key] = change
    return found


def values(found: Mapping[str, SettingChange]) -> dict[str, Any]:
    """By key: the value, or REMOVED."""
    return {key: REMOVED if change.act is Act.REMOVE else change.value for key, change in found.items()}


def noticed(changes: Iterable[SettingChange], at: datetime) -> dict[str, SettingChange]:
    """By key: what files or environment gave it at that moment, as far as somebody looked. Before the first look they
    are taken to have said what it found."""
    found: dict[str, SettingChange] = {}
    for change in sorted((each for each in changes if each.act in NOTICED), key=lambda each: each.id or 0):
        if change.key not in found or change.from_at <= at:
            found[change.key] = change
    return found


def next_moment(changes: Sequence[SettingChange], at: datetime) -> datetime | None:
    """When the next of `standing` comes into force after that moment."""
    return next((change.from_at for change in changes if change.from_at > at), None)
