"""What goes in and out of the API of examination."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from hotline.domain.examination.records import AppealDecision, ExaminationState
from hotline.domain.examination.sample import Why
from hotline.domain.examination.score import ItemKind
from hotline.services.examination_views import AppealView, ExaminationRow, ScoreFormView
from hotline.services.improvement_views import CalibrationView, DrawView, ExampleView, RectificationView
from hotline.services.score_forms import MAX_ITEMS
from hotline.web.api.schemas import MAX_INTEGER, MAX_LIMIT, Moment

_Text = Annotated[str, StringConstraints(max_length=10_000)]
_Title = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
_Words = Annotated[str, StringConstraints(min_length=1, max_length=10_000, pattern=r"\S")]
_Name = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]
_Extension = Annotated[str, StringConstraints(max_length=20, pattern=r"^[0-9]*$")]
_Second = Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]
_Points = dict[
    Annotated[str, StringConstraints(min_length=1, max_length=32)],
    Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None,
]
_Id = Annotated[int, Field(ge=1, le=MAX_INTEGER)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ScoreFormPath(BaseModel):
    form_id: _Id


class ExaminationPath(BaseModel):
    examination_id: _Id


class AppealPath(BaseModel):
    appeal_id: _Id


class CalibrationPath(BaseModel):
    calibration_id: _Id


class RectificationPath(BaseModel):
    rectification_id: _Id


class ExamplePath(BaseModel):
    example_id: _Id


class EmptyBody(_Body):
    """An empty object."""


class ScoreItemBody(_Body):
    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    name: _Title
    weight: float = Field(gt=0, le=100, allow_inf_nan=False)
    kind: ItemKind
    rule: str = Field("", pattern=r"^([A-Z][0-9]{1,2})?$", description="whose item it is: C1")
    kinds: list[Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")]] = Field(
        [], max_length=20, description="findings that an automatic item looks at")
    deduction: float = Field(0, ge=0, le=100, allow_inf_nan=False, description="points a breach costs")
    fatal: bool = Field(False, description="without points the whole score is 0")


class ScoreFormBody(_Body):
    """The next version of the form of this name. The weights make 100 together."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"\S")]
    items: list[ScoreItemBody] = Field(min_length=1, max_length=MAX_ITEMS)
    pass_line: float = Field(ge=0, le=100, allow_inf_nan=False)
    active: bool = Field(False, description="calls are scored by it from now on")


class ScoreFormList(BaseModel):
    """By name, the newest version first."""

    forms: list[ScoreFormView]


class DrawBody(_Body):
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
    extension: _Extension = Field("", description="whose calls")
    why: Why | None = None
    call_id: _Id | None = None
    draw_id: _Id | None = None
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


class ChooseBody(_Body):
    call_id: _Id
    why: Literal["chosen", "recheck"] = "chosen"
    examiner: _Name = Field("", description="user name; empty: oneself")


class AssignBody(_Body):
    version: _Id
    examiner: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$")]


class PointsBody(_Body):
    """All points given so far, by the item's id; null: the item does not apply to this call."""

    version: _Id
    points: _Points = Field(max_length=MAX_ITEMS)
    remark: _Text | None = Field(None, description="null: as it is")


class FinishBody(_Body):
    version: _Id


class CommentBody(_Body):
    second: _Second | None = Field(None, description="of the talk recording; null: on the whole")
    text: _Words


class AppealBody(_Body):
    reason: _Words


class AppealQuery(LimitQuery):
    open: bool = Field(True, description="only those that await a decision")


class AppealList(BaseModel):
    """Newest first."""

    appeals: list[AppealView]


class DecideBody(_Body):
    """`points`: those that change, by the item's id; only where the decision is changed."""

    decision: AppealDecision
    points: _Points | None = Field(None, max_length=MAX_ITEMS)
    note: _Words


class CalibrationBody(_Body):
    call_id: _Id
    title: _Title
    examiners: list[Annotated[str, StringConstraints(min_length=1, max_length=64)]] = Field(
        min_length=2, max_length=20, description="user names")


class CalibrationCloseBody(_Body):
    conclusion: _Text = ""


class CalibrationList(BaseModel):
    """Newest first."""

    calibrations: list[CalibrationView]


class RectificationQuery(LimitQuery):
    """Operators see their own alone."""

    extension: _Extension = ""
    open: bool = Field(True, description="only those that are not confirmed yet")


class RectificationBody(_Body):
    extension: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[0-9]+$")]
    text: _Words
    due_at: Moment
    examination_id: _Id | None = None


class RectificationDoneBody(_Body):
    note: _Words


class RectificationCheckBody(_Body):
    """Confirmed: it is over. Else it is to be mended again, by `due_at`."""

    confirmed: bool
    note: _Text = ""
    due_at: Moment | None = None


class RectificationList(BaseModel):
    """What is due first."""

    rectifications: list[RectificationView]


class ExampleBody(_Body):
    """Title and lesson tell nothing of the customer. The part from–to in seconds of the recording; both or neither."""

    call_id: _Id
    title: _Title
    lesson: _Words
    from_second: _Second | None = None
    to_second: _Second | None = None
    caller_silenced: bool = Field(True, description="the caller's voice is not played")

    @model_validator(mode="after")
    def _both(self) -> ExampleBody:
        if (self.from_second is None) != (self.to_second is None):
            raise ValueError("from_second and to_second go together")
        return self


class ExampleList(BaseModel):
    """Newest first."""

    examples: list[ExampleView]


class FiguresQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: Moment = Field(description="of the calls' begin")
    until: Moment = Field(description="at most 366 days later")
    extension: _Extension = Field("", description="empty: all operators")
