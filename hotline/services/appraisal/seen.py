"""Months, teams and cards as they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hotline.domain.appraisal.card import Card, MaterialRow
from hotline.domain.appraisal.consequences import Band, Consequence, Standing
from hotline.domain.appraisal.month import Difference, MonthState, SignedMonth
from hotline.domain.appraisal.objection import Falsification, Objection
from hotline.domain.appraisal.scheme import Scheme


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """`score`: as signed where the month is closed."""

    person_id: int
    name: str
    score: float | None
    band: Band | None
    falsified: bool


@dataclass(frozen=True, slots=True)
class SeenTeam:
    """`whole`: whoever looks may see the team as a whole; else `card`, `standing` and `consequences` are those of
    nobody. `signed`: the newest version. `differs`: how many figures are others now than when it was signed."""

    team_id: int
    name: str
    state: MonthState
    signed: SignedMonth | None
    people: Sequence[SeenPerson]
    whole: bool
    score: float | None
    standing: Standing
    consequences: Sequence[Consequence]
    differs: int


@dataclass(frozen=True, slots=True)
class SeenMonth:
    first: date
    scheme: Scheme
    is_over: bool
    teams: Sequence[SeenTeam]


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A team's month in full: `cards` as they are now, by person, the team's own under `TEAM`; `versions` the newest
    first. `falsified`: what is declared of it."""

    month: SeenMonth
    team: SeenTeam
    cards: Mapping[int, Card]
    versions: Sequence[SignedMonth]
    differences: Sequence[Difference]
    names: Mapping[int, str]
    falsified: Sequence[Falsification]
    may_sign: bool
    may_close: bool


@dataclass(frozen=True, slots=True)
class SeenCard:
    """`card`: as the figures are now; `signed`: the values that are locked, by item ("" the score), where the month is
    closed. `may_object`: it is theirs, and there is time (`until`: till when, None while the month is open)."""

    first: date
    scheme: Scheme
    person_id: int
    name: str
    team_id: int
    team: str
    card: Card
    band: Band | None
    state: MonthState
    signed: Mapping[str, float | None] | None
    objections: Sequence[Objection]
    falsified: Sequence[Falsification]
    own: bool
    may_object: bool
    until: datetime | None
    may_decide: bool


@dataclass(frozen=True, slots=True)
class SeenRows:
    card: SeenCard
    rows: Sequence[MaterialRow]
    more: bool
