"""What goes in and out of the API about breaches."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hotline.domain.breaches.breach import BreachKind
from hotline.web.kit.schemas import MAX_INTEGER, Moment

Said = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class BreachQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: Moment
    until: Moment = Field(description="before this time")
    person_id: int | None = Field(None, ge=1, le=MAX_INTEGER)
    kind: BreachKind | None = None
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class BreachPath(BaseModel):
    breach_id: int = Field(ge=1, le=MAX_INTEGER)


class NewBreachBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    person_id: int = Field(ge=1, le=MAX_INTEGER)
    kind: BreachKind
    at: Moment = Field(description="when it happened")
    evidence: list[Annotated[str, StringConstraints(max_length=32)]] = Field(
        min_length=1, max_length=50, description="ids of what shows it: call:12"
    )
    note: Said
    rule: str = Field("", max_length=8, description="empty: the one that such a breach is of")


class WordBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    word: Said


class WithdrawBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Said


class BreachView(BaseModel):
    """`nth`: the how many-th of its kind; 0: it was withdrawn. Nothing is deducted by the system."""

    id: int
    person_id: int
    kind: BreachKind
    rule: str
    at: datetime
    evidence: list[str]
    note: str
    declared_by: str
    declared_at: datetime
    word: str
    word_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str


class ListedBreach(BreachView):
    person: str
    nth: int
    yuan: int
    dismissal: bool


class BreachList(BaseModel):
    total: int
    breaches: list[ListedBreach]
