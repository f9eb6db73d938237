"""Requests and responses of verdicts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.verdicts.contest import MAX_REASON, ContestDecision
from hotline.domain.verdicts.tally import TallyAxis
from hotline.domain.verdicts.verdict import Judgement, Subject
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT, Moment

_Words = Annotated[str, Field(min_length=1, max_length=MAX_REASON)]
_Id = Annotated[int, Field(ge=1, le=MAX_INTEGER)]


class VerdictWindow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: Moment = Field(description="the subject's time, from here on")
    until: Moment = Field(description="before this time")
    line: str | None = Field(None, max_length=32, pattern=r"^[a-z0-9_-]*$", description='id of the line, "" for none')
    person_id: _Id | None = Field(None, description="whose work it was")


class VerdictQuery(VerdictWindow):
    rule: str = Field(pattern=r"^[A-Z][0-9]{1,2}$")
    judgement: Judgement = Field(Judgement.BROKEN, description="kept ones are counted, and not listed")
    limit: int = Field(100, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class VerdictTallyQuery(VerdictWindow):
    by: TallyAxis | None = None


class VerdictPath(BaseModel):
    verdict_id: _Id


class VerdictContestPath(BaseModel):
    contest_id: _Id


class VerdictContestQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    open: bool = Field(True, description="only those that await a decision")
    limit: int = Field(100, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class VerdictContestBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: _Words


class VerdictDecisionBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    decision: Literal["upheld", "rejected"] = Field(description="upheld: the objection is right")
    note: _Words


class VerdictContestView(BaseModel):
    id: int
    verdict_id: int
    reason: str
    contested_by: str
    contested_at: datetime
    decision: ContestDecision
    note: str
    decided_by: str
    decided_at: datetime | None


class VerdictView(BaseModel):
    id: int
    rule: str
    version: str = Field(description="of the rule's figures as they were in force then")
    generation: int
    subject: Subject
    subject_id: str
    part: str
    at: datetime
    judged_at: datetime
    judgement: Judgement
    value: float | None
    limit: float | None
    unit: str
    line: str
    person_id: int | None
    person: str
    why: str
    evidence: dict[str, Any] = Field(description="ids, seconds and codes")
    stands: bool = Field(description="no other verdict took its place")
    contest: VerdictContestView | None
    contest_until: datetime | None = Field(description="until when whoever asks may contest it")


class VerdictList(BaseModel):
    """Newest first."""

    verdicts: list[VerdictView]
    total: int


class VerdictContestList(BaseModel):
    """Newest first."""

    contests: list[VerdictContestView]


class VerdictTallyView(BaseModel):
    rule: str
    key: str = Field(description="day 2026-11-30, week 2026-W49, month 2026-11, a line or a person; by none empty")
    kept: int
    broken: int
    not_applicable: int
    not_judged: int
    kept_percent: float | None


class VerdictTallies(BaseModel):
    tallies: list[VerdictTallyView]
