"""Score forms: weighted items, some measured, some judged by a person; and the score of a call by them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.quality import Finding
from hotline.domain.reasons import Reason, because

#: A score is out of so many.
FULL = 100.0


class ItemKind(StrEnum):
    #: From the findings.
    AUTOMATIC = "automatic"
    #: By the examiner.
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """`weight`: the most points it gives. An automatic item looks at the findings of `kinds`; each breach that counts
    costs `deduction` points, never more than the weight. A `fatal` item without points makes the whole score 0."""

    id: str
    name: str
    weight: float
    kind: ItemKind
    rule: str = ""
    kinds: tuple[str, ...] = ()
    deduction: float = 0.0
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """A version of a form. Whoever scores below `pass_line` has not passed."""

    name: str
    version: int
    items: tuple[ScoreItem, ...]
    pass_line: float
    active: bool = True
    id: int | None = None


@dataclass(frozen=True, slots=True)
class StoredScoreForm:
    """A version of a score form, who made it when, and whether calls were scored or examined by it."""

    form: ScoreForm
    created_by: str
    created_at: datetime
    used: bool = False


#: Points by item; None: it does not apply to this call.
Points = Mapping[str, float | None]


def problems(form: ScoreForm) -> list[Reason]:
    """Why the form cannot be used; [] when it can."""
    found: list[Reason] = []
    ids = [item.id for item in form.items]
    if not form.items:
        found.append(because("quality.no_items"))
    if len(set(ids)) != len(ids):
        found.append(because("quality.item_ids"))
    for item in form.items:
        if not item.id or not item.name.strip():
            found.append(because("quality.item_name", item=item.id or "?"))
        if not 0 < item.weight <= FULL:
            found.append(because("quality.item_weight", item=item.id, most=FULL, weight=item.weight))
        if item.kind is ItemKind.AUTOMATIC and (not item.kinds or item.deduction <= 0):
            found.append(because("quality.item_automatic", item=item.id))
    if not 0 <= form.pass_line <= FULL:
        found.append(because("quality.pass_line", most=FULL, line=form.pass_line))
    return found


def automatic_points(
    form: ScoreForm, findings: Iterable[Finding], looked_for: Collection[str] = ()
) -> dict[str, float | None]:
    """The points of the automatic items; None where nothing of its kinds was measured on this call. `looked_for`:
    kinds of which every finding is a breach, and which were looked for: without any the item has all its points."""
    every = list(findings)
    return {item.id: _points(item, every, looked_for) for item in form.items if item.kind is ItemKind.AUTOMATIC}


def refused_points(form: ScoreForm, points: Points) -> list[Reason]:
    """What is wrong with points that somebody gave; [] for nothing."""
    items = {item.id: item for item in form.items}
    found = [because("examination.no_item", item=name) for name in points if name not in items]
    for name, given in points.items():
        if name in items and given is not None and not 0 <= given <= items[name].weight:
            found.append(because("examination.points", item=items[name].name, most=items[name].weight, points=given))
    return found


def missing_points(form: ScoreForm, points: Points) -> list[str]:
    """The items by hand that were not judged yet; judged as not applying is judged."""
    return [item.id for item in form.items if item.kind is ItemKind.MANUAL and item.id not in points]


def score(form: ScoreForm, points: Points) -> float | None:
    """Out of 100, over the items that apply; None where none does."""
    applying = [(item, points[item.id]) for item in form.items if points.get(item.id) is not None]
    weight = sum(item.weight for item, _given in applying)
    if not weight:
        return None
    if any(item.fatal and not given for item, given in applying):
        return 0.0
    return round(FULL * sum(given or 0.0 for _item, given in applying) / weight, 1)


def passed(form: ScoreForm, reached: float | None) -> bool | None:
    return None if reached is None else reached >= form.pass_line


def _points(item: ScoreItem, findings: list[Finding], looked_for: Collection[str]) -> float | None:
    found = [finding for finding in findings if finding.kind in item.kinds]
    if not found and set(item.kinds) <= set(looked_for):
        return item.weight
    measured = [finding for finding in found if finding.counts]
    if not measured:
        return None
    breaches = sum(finding.breach for finding in measured)
    return round(max(item.weight - breaches * item.deduction, 0.0), 2)
