"""A month of a team as it was signed and closed: its figures, and the hash over them (F3, F5). Pure."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from hotline.domain.appraisal.card import Card
from hotline.domain.appraisal.consequences import Lines
from hotline.domain.appraisal.scheme import Scheme

#: In place of a person's id: the team as a whole.
TEAM = 0


class MonthState(StrEnum):
    OPEN = "open"  # nobody has signed it, or not since it was reopened
    SIGNED = "signed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SignedMonth:
    """One version of a team's month. `month`: 2026-11; `team_id` 0: of those who belong to no team. `content`: the
    figures, as canonical JSON; `sha256` is of it. Nothing of this is changed afterwards: a later version takes the
    place of this one."""

    month: str
    team_id: int
    version: int
    content: str
    sha256: str
    signed_by: str
    signed_at: datetime
    closed_by: str = ""
    closed_at: datetime | None = None
    reopened_by: str = ""
    reopened_at: datetime | None = None
    reopen_reason: str = ""
    id: int | None = None

    @property
    def state(self) -> MonthState:
        if self.reopened_at is not None:
            return MonthState.OPEN
        return MonthState.CLOSED if self.closed_at is not None else MonthState.SIGNED

    @property
    def is_whole(self) -> bool:
        """Its figures are those that were signed."""
        return sha256(self.content) == self.sha256

    @property
    def figures(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def lines(self) -> Lines:
        kept = self.figures["lines"]
        return Lines(**{**kept, "awards": tuple(kept["awards"])})

    def score(self, person_id: int = TEAM) -> float | None:
        """None where they have none, or are not in it."""
        found = self.figures["cards"].get(str(person_id))
        return found["score"] if found else None


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure is another one than when it was signed. `item` "" is the score; `person_id` 0 the team."""

    person_id: int
    item: str
    signed: float | None
    now: float | None


def canonical(month: str, team_id: int, scheme: Scheme, lines: Lines, cards: Mapping[int, Card]) -> str:
    """The same text of the same figures, whatever the order of what they come in; ids only, no names. `lines`: by which
    consequences follow, as they are when it is signed."""
    figures = {
        "lines": dataclasses.asdict(lines),
        "month": month,
        "team": team_id,
        "scheme": [scheme.code, scheme.version],
        "cards": {str(person_id): _card(card) for person_id, card in cards.items()},
    }
    return json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def differences(signed: str, now: str) -> list[Difference]:
    """What is another figure now, by person and item; somebody who is in one of them alone too."""
    before, after = json.loads(signed)["cards"], json.loads(now)["cards"]
    found: list[Difference] = []
    for key in sorted({*before, *after}, key=int):
        one, other = _flat(before.get(key)), _flat(after.get(key))
        found += [
            Difference(int(key), item, one.get(item), other.get(item))
            for item in sorted({*one, *other})
            if one.get(item) != other.get(item)
        ]
    return found


def _flat(card: Mapping[str, Any] | None) -> dict[str, float | None]:
    if card is None:
        return {}
    return {"": card["score"], **{item: each["value"] for item, each in card["items"].items()}}


def _card(card: Card) -> dict[str, Any]:
    items = {
        each.item.id: {
            "of": round(each.material.of, 3),
            "points": each.points,
            "struck": each.struck,
            "total": round(each.material.total, 3),
            "value": each.value,
            "weight": each.item.weight,
        }
        for each in card.items
    }
    return {"falsified": card.falsified, "items": items, "score": card.score}
