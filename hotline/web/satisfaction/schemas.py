"""What goes in and out of the API about ratings."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.satisfaction.figures import RatingFigure
from hotline.web.kit.schemas import MAX_INTEGER, Moment


class RatingTime(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: Moment
    until: Moment = Field(description="before this time; at most a year later")
    line: str = Field("", max_length=32, description="empty: all")
    operator: str = Field("", max_length=32, description="extension, or person-<id>; empty: all")
    category: str = Field("", max_length=32, description="of the log form; -: none; empty: all")


class RatingRowsQuery(RatingTime):
    figure: RatingFigure
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class RatingFiguresView(BaseModel):
    """Of the callers who were asked in the time. Satisfied: an answer of `satisfied_from` or more."""

    offered: int
    answered: int
    satisfied: int
    low: int = Field(description="answers of 1 and 2")
    commented: int
    mean: float | None = Field(description="of 5; null: nobody answered")
    answered_percent: float | None = Field(description="of those asked (response rate)")
    satisfied_percent: float | None = Field(description="of those who answered")


class RatingFigureRow(BaseModel):
    key: str = Field(description="line, operator or category, as the query takes it; empty: none")
    name: str
    figures: RatingFiguresView


class OpinionsView(BaseModel):
    """F10: complaints and suggestions opened in the time, and those of them that are closed with a result."""

    opened: int
    handled: int
    percent: float | None


class QuestionnaireFigures(BaseModel):
    """What was answered in the time. A score is the mean of a reply's scales."""

    code: str
    replies: int
    in_visits: int = Field(description="of them, in return visits")
    scored: int = Field(description="of them, with a score")
    rated: int = Field(description="of those, in a call that its caller rated too")
    mean: float | None
    satisfied_percent: float | None = Field(description="of those with a score")


class TogetherView(BaseModel):
    """Ratings of calls, and scores of questionnaires; of who gave both for a call, the rating."""

    answered: int
    mean: float | None
    satisfied_percent: float | None


class RatingReportView(BaseModel):
    total: RatingFiguresView
    target: float = Field(description="E9: what the mean is to reach")
    satisfied_from: int
    lines: list[RatingFigureRow]
    operators: list[RatingFigureRow]
    categories: list[RatingFigureRow]
    opinions: OpinionsView | None = Field(description="null for a part of the calls")
    questionnaires: list[QuestionnaireFigures] = Field(description="by code; none for a part of the calls")
    together: TogetherView | None = Field(description="ratings and questionnaires; null for a part of the calls")


class RatingView(BaseModel):
    call_id: int | None = Field(description="null: the ledger has the call no more")
    line: str
    operator: str
    category: str
    way: str = Field(description="key or sms")
    handed_by: str = Field(description="handed_over, hung_up; empty by sms")
    offered_at: datetime
    answered_at: datetime | None
    answer: int | None = Field(description="1 to 5; null: none")
    comment: str
    case_id: int | None = Field(description="the case that a low answer opened")


class RatingRowsView(BaseModel):
    rows: list[RatingView]
