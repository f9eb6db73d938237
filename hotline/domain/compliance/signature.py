"""What an examiner signs (F5): the figures of a report as they stood, and what is otherwise now. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hotline.domain.compliance.counts import NOTHING, Count

#: By rule: kept, broken, not applicable, not judged. As it is stored.
Figures = Mapping[str, list[int]]


@dataclass(frozen=True, slots=True)
class Signature:
    """Of the days `first` to `last`, both of them. `digest`: SHA-256 of the figures, in hexadecimal."""

    first: date
    last: date
    figures: Figures
    digest: str
    signed_by: str
    signed_at: datetime
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a rule's figures were when they were signed, and what they are now."""

    rule: str
    signed: Count
    now: Count


def figures_of(counts: Iterable[tuple[str, Count]]) -> dict[str, list[int]]:
    """Rules that came to nothing are left out, so that a rule that is added later changes no digest."""
    return {
        rule: [count.kept, count.broken, count.not_applicable, count.not_judged]
        for rule, count in counts
        if count != NOTHING
    }


def digest(first: date, last: date, figures: Figures) -> str:
    """The same for the same figures, in whatever order a database gives them back."""
    told = {"first": first.isoformat(), "last": last.isoformat(), "figures": dict(figures)}
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def is_whole(signature: Signature) -> bool:
    """Whether what was signed is still what is stored."""
    return digest(signature.first, signature.last, signature.figures) == signature.digest


def differences(signed: Figures, now: Figures) -> list[Difference]:
    """By rule, in the order of chapters and numbers."""
    rules = sorted({*signed, *now}, key=lambda rule: (rule[0], int(rule[1:])))
    pairs = [Difference(rule, _count(signed, rule), _count(now, rule)) for rule in rules]
    return [pair for pair in pairs if pair.signed != pair.now]


def _count(figures: Figures, rule: str) -> Count:
    return Count(*figures.get(rule, ()))
