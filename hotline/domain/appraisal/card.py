"""A score card (F3): what each item is made of, its points, and the score. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hotline.domain.appraisal.scheme import FULL, Scheme, ScoredItem


@dataclass(frozen=True, slots=True)
class Material:
    """What an item is made of: `total` of so many (`of`). Material of several persons is added, so that a team's value
    is that of all its people's calls together, never a mean of means."""

    total: float = 0.0
    of: float = 0.0

    def __add__(self, other: Material) -> Material:
        return Material(self.total + other.total, self.of + other.of)


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One of what an item is made of: `kind` and `id` say what it is (`id` None: it has no page). `rule`: of what broke
    one, which."""

    kind: str
    id: int | None
    at: datetime
    material: Material
    rule: str = ""


#: By item.
Materials = Mapping[str, Material]


@dataclass(frozen=True, slots=True)
class ItemScore:
    """`value`, `points` (0 to 100) None: there was nothing to measure, or an objection was granted (`struck`), and the
    item is left out."""

    item: ScoredItem
    material: Material
    value: float | None
    points: float | None
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """`score`: the mean of the items' points by their weights, of those that have any; None where none has.
    `falsified`: the score is 0, whatever the items say (F3)."""

    items: tuple[ItemScore, ...]
    score: float | None
    falsified: bool = False

    @property
    def weight(self) -> int:
        """Of the items that count, together; the score is scaled up from it."""
        return sum(each.item.weight for each in self.items if each.points is not None)

    @property
    def left_out(self) -> tuple[ItemScore, ...]:
        return tuple(each for each in self.items if each.points is None)


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided of a card: the items struck by an objection, and whether the data is falsified."""

    struck: frozenset[str] = field(default_factory=frozenset)
    falsified: bool = False


UNDECIDED = Decided()


def value_of(item: ScoredItem, material: Material) -> float | None:
    """To a hundredth; None where there is nothing to measure."""
    if not material.of:
        return None
    scale = 100 if item.measure.in_percent else 1
    return round(scale * material.total / material.of, 2)


def points_of(item: ScoredItem, value: float) -> float:
    """0 to 100: all from `full` on, none from `zero` on, evenly between."""
    share = (value - item.zero) / (item.full - item.zero)
    return round(FULL * min(max(share, 0.0), 1.0), 2)


def card_of(scheme: Scheme, materials: Materials, decided: Decided = UNDECIDED) -> Card:
    items = tuple(_scored(each, materials.get(each.id, Material()), each.id in decided.struck) for each in scheme.items)
    counting = [(each.item.weight, each.points) for each in items if each.points is not None]
    whole = sum(weight for weight, _points in counting)
    score = round(sum(weight * points for weight, points in counting) / whole, 1) if whole else None
    return Card(items, 0.0 if decided.falsified else score, decided.falsified)


def together(materials: Iterable[Materials], items: Collection[str]) -> dict[str, Material]:
    """By item, of several persons."""
    found = dict.fromkeys(items, Material())
    for each in materials:
        for item in items:
            found[item] += each.get(item, Material())
    return found


def _scored(item: ScoredItem, material: Material, struck: bool) -> ItemScore:
    value = value_of(item, material)
    points = None if value is None or struck else points_of(item, value)
    return ItemScore(item, material, value, points, struck)
