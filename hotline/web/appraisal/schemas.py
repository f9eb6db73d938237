"""What goes in and out of the API about the month's scores."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hotline.domain.appraisal.consequences import Band, Follows
from hotline.domain.appraisal.month import MonthState
from hotline.domain.appraisal.objection import ObjectionDecision
from hotline.web.kit.schemas import MAX_INTEGER

MonthName = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class MonthPath(BaseModel):
    month: MonthName = Field(description="2026-10")


class TeamPath(MonthPath):
    team_id: int = Field(ge=0, le=MAX_INTEGER, description="0: who belongs to no team")


class CardPath(MonthPath):
    person_id: int = Field(ge=1, le=MAX_INTEGER)


class ItemPath(CardPath):
    item: str = Field(max_length=32, pattern=r"^[a-z][a-z0-9_]*$")


class RowsQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class ObjectionPath(BaseModel):
    objection_id: int = Field(ge=1, le=MAX_INTEGER)


class ReopenBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Reason


class ObjectBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    item: str = Field(max_length=32, description="the item's id, or falsified")
    reason: Reason


class ObjectionDecisionBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    decision: ObjectionDecision
    note: Reason


class ScoreOfPerson(BaseModel):
    """As it was closed, or as the figures are now."""

    person_id: int
    person: str
    score: float | None = Field(description="null: nothing to measure")
    band: Band | None
    falsified: bool


class ConsequenceView(BaseModel):
    follows: Follows
    yuan: int


class ScoreOfTeam(BaseModel):
    """`score`, `place` and `consequences` are given to who may see the team as a whole."""

    team_id: int
    team: str
    state: MonthState
    version: int | None
    sha256: str | None = Field(description="over the figures that were signed")
    differs: int = Field(description="so many figures are others now than when it was signed")
    score: float | None
    place: int | None
    consequences: list[ConsequenceView]
    people: list[ScoreOfPerson]


class MonthView(BaseModel):
    month: str
    scheme: str
    scheme_version: int
    teams: list[ScoreOfTeam]


class ItemView(BaseModel):
    item: str
    name: str
    rule: str
    weight: int
    total: float = Field(description="what was counted")
    of: float = Field(description="of how many")
    value: float | None = Field(description="null: nothing to measure; the item is left out")
    points: float | None = Field(description="0 to 100")
    struck: bool = Field(description="an objection was granted; the item is left out")
    signed: float | None = Field(description="the value as it was closed")


class ObjectionView(BaseModel):
    id: int
    person_id: int
    about: str
    reason: str
    made_at: datetime
    due_at: datetime
    decision: ObjectionDecision | None
    note: str
    decided_at: datetime | None


class ScoreCardView(BaseModel):
    month: str
    person_id: int
    person: str
    team_id: int
    state: MonthState
    score: float | None = Field(description="as the figures are now")
    signed_score: float | None = Field(description="as it was closed")
    weight: int = Field(description="of the items that count, together; the score is scaled up from it")
    falsified: bool
    items: list[ItemView]
    objections: list[ObjectionView]


class RowView(BaseModel):
    """`kind` and `id`: what it is; `id` null: it has no page."""

    kind: str
    id: int | None
    at: datetime
    total: float
    of: float
    rule: str


class RowList(BaseModel):
    rows: list[RowView]
    more: bool


class SignedView(BaseModel):
    month: str
    team_id: int
    version: int
    state: MonthState
    sha256: str
    signed_by: str
    signed_at: datetime
    closed_by: str
    closed_at: datetime | None
    reopened_by: str
    reopened_at: datetime | None
    reopen_reason: str
