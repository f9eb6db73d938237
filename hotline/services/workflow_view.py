"""How programs and screens see what was done to a thing that passes through states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel, Field

from hotline.domain.workflow import Step

State = TypeVar("State", bound=str)


class StepView(BaseModel):
    """One step of a thing's history."""

    act: str
    before: str | None = Field(description="null: it began with this")
    after: str
    by: str
    at: datetime
    given: Mapping[str, str] = Field(description="what was given with it, by the name of the field")


def step_view(step: Step[State]) -> StepView:
    before = str(step.before) if step.before else None
    return StepView(act=step.act, before=before, after=str(step.after), by=step.by, at=step.at, given=step.given)
