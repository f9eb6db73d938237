"""Requests and responses of the API of calibrations, corrective actions and examples."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, model_validator

from hotline.domain.reasons import Unfit
from hotline.services.examination.improvement_view import CalibrationView, CorrectiveActionView, ExampleView
from hotline.web.examination.schemas import Body, Id, LimitQuery, Second, Text, Title, Words
from hotline.web.kit.schemas import Moment, OfOperator


class CalibrationPath(BaseModel):
    calibration_id: Id


class CorrectiveActionPath(BaseModel):
    rectification_id: Id


class ExamplePath(BaseModel):
    example_id: Id


class CalibrationBody(Body):
    call_id: Id
    title: Title
    examiners: list[Annotated[str, StringConstraints(min_length=1, max_length=64)]] = Field(
        min_length=2, max_length=20, description="user names"
    )


class CalibrationCloseBody(Body):
    conclusion: Text = ""


class CalibrationList(BaseModel):
    """Newest first."""

    calibrations: list[CalibrationView]


class CorrectiveActionQuery(LimitQuery):
    """Operators see their own alone."""

    extension: OfOperator = ""
    open: bool = Field(True, description="only those that are not confirmed yet")


class CorrectiveActionBody(Body):
    extension: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[0-9]+$")]
    text: Words
    due_at: Moment
    examination_id: Id | None = None


class CorrectiveActionDoneBody(Body):
    note: Words


class CorrectiveActionCheckBody(Body):
    """Confirmed: it is over. Else it is to be mended again, by `due_at`."""

    confirmed: bool
    note: Text = ""
    due_at: Moment | None = None


class CorrectiveActionList(BaseModel):
    """What is due first."""

    rectifications: list[CorrectiveActionView]


class ExampleBody(Body):
    """Title and lesson tell nothing of the customer. The part from–to in seconds of the recording, at most ten minutes;
    both or neither, for a recording that is no longer."""

    call_id: Id
    title: Title
    lesson: Words
    from_second: Second | None = None
    to_second: Second | None = None
    caller_silenced: bool = Field(True, description="the caller's voice is not played; false is for supervisors")
    caller_reason: str = Field("", max_length=500, description="why the caller may be heard, where they are")

    @model_validator(mode="after")
    def _both(self) -> ExampleBody:
        if (self.from_second is None) != (self.to_second is None):
            raise Unfit("input.seconds_together")
        return self


class ExampleList(BaseModel):
    """Newest first."""

    examples: list[ExampleView]
