"""What goes in and out of the API of examination."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hotline.domain.examination.records import AppealDecision, ExaminationState
from hotline.domain.examination.sample import Why
from hotline.domain.examination.score import ItemKind
from hotline.services.examination.draws import DrawView
from hotline.services.examination.view import AppealView, ExaminationRow, ScoreFormView
from hotline.services.quality.score_forms import MAX_ITEMS
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT, Moment, OfOperator

Text = Annotated[str, StringConstraints(max_length=10_000)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=10_000, pattern=r"\S")]
_Name = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]
Second = Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]

_ItemId = Annotated[str, StringConstraints(min_length=1, max_length=32)]
_Points = dict[_ItemId, Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None]
Id = Annotated[int, Field(ge=1, le=MAX_INTEGER)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ScoreFormPath(BaseModel):
    form_id: Id


class ExaminationPath(BaseModel):
    examination_id: Id


class AppealPath(BaseModel):
    appeal_id: Id


class EmptyBody(Body):
    """An empty object."""


class ScoreItemBody(Body):
    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    name: Title
    weight: float = Field(gt=0, le=100, allow_inf_nan=False)
    kind: ItemKind
    rule: str = Field("", pattern=r"^([A-Z][0-9]{1,2})?$", description="whose item it is: C1")
    kinds: list[Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")]] = Field(
        [], max_length=20, description="findings that an automatic item looks at"
    )
    deduction: float = Field(0, ge=0, le=100, allow_inf_nan=False, description="points a breach costs")
    fatal: bool = Field(False, description="without points the whole score is 0")


class ScoreFormBody(Body):
    """The next version of the form of this name. The weights make 100 together."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"\S")]
    items: list[ScoreItemBody] = Field(min_length=1, max_length=MAX_ITEMS)
    pass_line: float = Field(ge=0, le=100, allow_inf_nan=False)
    active: bool = Field(False, description="calls are scored by it from now on")


class ScoreFormList(BaseModel):
    """By name, the newest version first."""

    forms: list[ScoreFormView]


class DrawBody(Body):
    week: str = Field(pattern=r"^[0-9]{4}-W[0-9]{2}$", description="2026-W47; it is over, and was not drawn yet")
    seed: str = Field("", max_length=64, pattern=r"^[A-Za-z0-9._:-]*$", description="empty: one is made")


class LimitQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=MAX_LIMIT)


class DrawList(BaseModel):
    """Newest first."""

    draws: list[DrawView]


class ExaminationQuery(BaseModel):
    """Which examinations; operators see the published ones of their own calls alone."""

    model_config = ConfigDict(extra="forbid")

    state: ExaminationState | None = None
    examiner: _Name | None = Field(None, description='user name; "me"; empty: nobody has it yet')
    extension: OfOperator = Field("", description="whose calls")
    why: Why | None = None
    call_id: Id | None = None
    draw_id: Id | None = None
    overdue: bool = Field(False, description="only those whose time is over")
    since: Moment | None = Field(None, description="of the call's begin")
    until: Moment | None = None
    limit: int = Field(50, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class ExaminationList(BaseModel):
    """Those to be done first, then the latest call first."""

    total: int
    limit: int
    offset: int
    examinations: list[ExaminationRow]


class ChooseBody(Body):
    call_id: Id
    why: Literal["chosen", "recheck"] = "chosen"
    examiner: _Name = Field("", description="user name; empty: oneself")


class AssignBody(Body):
    version: Id
    examiner: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$")]


class PointsBody(Body):
    """All points given so far, by the item's id; null: the item does not apply to this call."""

    version: Id
    points: _Points = Field(max_length=MAX_ITEMS)
    remark: Text | None = Field(None, description="null: as it is")


class FinishBody(Body):
    version: Id


class CommentBody(Body):
    second: Second | None = Field(None, description="of the talk recording; null: on the whole")
    text: Words


class AppealBody(Body):
    reason: Words
    items: list[_ItemId] = Field([], max_length=MAX_ITEMS, description="ids of those that are contested; none: all")


class AppealQuery(LimitQuery):
    open: bool = Field(True, description="only those that await a decision")


class AppealList(BaseModel):
    """Newest first."""

    appeals: list[AppealView]


class DecideBody(Body):
    """`points`: those that change, by the item's id; only where the decision is changed."""

    decision: AppealDecision
    points: _Points | None = Field(None, max_length=MAX_ITEMS)
    note: Words
