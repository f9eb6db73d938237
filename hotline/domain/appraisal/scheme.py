"""By what a month is scored (F3): weighted items, each from a figure. A definition in versions; a month that is signed
keeps its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hotline.domain.cases.kind import Words
from hotline.domain.cases.kind_part import Part

#: Of definitions.
SCHEME = "appraisal"

#: What all weights make together, and the highest score.
FULL = 100

#: An objection or a declaration is about an item, or about the declaration that the data is falsified.
FALSIFIED = "falsified"


class Measure(StrEnum):
    """What an item is taken from; the value of each is what it counts divided by of how many."""

    EXAMINATION = "examination"  # the mean score of the examined calls
    SATISFACTION = "satisfaction"  # the mean of the answers, 1 to 5
    ADHERENCE = "adherence"  # percent of the planned time that was worked
    AVERAGE_TALK = "average_talk"  # seconds a call
    COMPLAINTS = "complaints"  # how many about them, a repeated one twice
    RULES = "rules"  # percent of the verdicts on some rules that are "kept"

    @property
    def in_percent(self) -> bool:
        return self in (Measure.ADHERENCE, Measure.RULES)


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """`full`: the value from which on it has all points, `zero`: that from which on it has none; in between they fall
    evenly. `full` below `zero`: less is better. `rule`: whose figure it is; `rules`: of the measure that counts
    verdicts."""

    id: str
    words: Words
    rule: str
    measure: Measure
    weight: int
    full: float
    zero: float
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """`version` 0: of a file, not recorded yet."""

    code: str
    words: Words
    items: tuple[ScoredItem, ...]
    withdrawn: bool = False
    version: int = 0

    def item(self, item_id: str) -> ScoredItem | None:
        return next((each for each in self.items if each.id == item_id), None)


def read_scheme(content: Mapping[str, Any], source: str, known_rules: Collection[str], version: int = 0) -> Scheme:
    """`source`: how errors name it. Raises WrongKind, by file, key and what was expected."""
    whole = Part(content, source)
    found = Scheme(
        code=whole.name("code"),
        words=whole.words("words"),
        items=tuple(_item(each, known_rules) for each in whole.parts("item")),
        withdrawn=whole.truth("withdrawn"),
        version=version,
    )
    whole.require_known()
    ids = [each.id for each in found.items]
    for place, each in enumerate(ids, 1):
        if each in ids[: place - 1] or each == FALSIFIED:
            raise whole.wrong(f"item[{place}].id", f"an id that no other item has, and not {FALSIFIED}")
    weights = sum(each.weight for each in found.items)
    if weights != FULL:
        raise whole.wrong("item", f"weights that make {FULL} together, not {weights}")
    return found


def _item(part: Part, known_rules: Collection[str]) -> ScoredItem:
    measure = Measure(part.one_of("measure", [each.value for each in Measure]))
    item = ScoredItem(
        id=part.name("id"),
        words=part.words("words"),
        rule=part.one_of("rule", known_rules),
        measure=measure,
        weight=part.number("weight", 0),
        full=part.decimal("full"),
        zero=part.decimal("zero"),
        rules=part.codes("rules", known_rules),
    )
    part.require_known()
    if not item.weight:
        raise part.wrong("weight", f"a whole number from 1 to {FULL}")
    if item.full == item.zero:
        raise part.wrong("zero", "another value than full has")
    if (measure is Measure.RULES) != bool(item.rules):
        raise part.wrong("rules", f"ids of rules where the measure is {Measure.RULES.value}, and nowhere else")
    return item
