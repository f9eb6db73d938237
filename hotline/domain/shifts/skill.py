"""Who knows which ring group, and how well."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum


class SkillLevel(IntEnum):
    LEARNS = 1
    KNOWS = 2
    TEACHES = 3


@dataclass(frozen=True, slots=True)
class Skill:
    person_id: int
    queue: str
    level: SkillLevel


def missing(queues: Collection[str], known: Mapping[str, SkillLevel]) -> list[str]:
    """Of these ring groups, those that somebody cannot take alone."""
    return [queue for queue in queues if known.get(queue, 0) < SkillLevel.KNOWS]
