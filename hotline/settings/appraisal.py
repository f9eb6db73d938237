"""[appraisal] and [breaches]: what the regulations say follows from scores (F3) and breaches (F4, F6, F12)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from hotline.domain.reasons import Unfit
from hotline.settings.base import Section

Points = Annotated[int, Field(ge=0, le=100)]
Yuan = Annotated[int, Field(ge=0, le=10_000_000)]
#: Of months that follow each other; more than a year is none.
Months = Annotated[int, Field(ge=1, le=12)]


class AppraisalSettings(Section):
    award_from: Points
    awards: Annotated[tuple[Yuan, ...], Field(max_length=10)]
    low_at: Points
    low_months: Months
    low_fine: Yuan
    bad_at: Points
    bad_fine: Yuan
    worst_at: Points
    worst_fine: Yuan
    last_months: Months
    objection_days: Annotated[int, Field(ge=1, le=90)]
    decision_days: Annotated[int, Field(ge=1, le=90)]

    @model_validator(mode="after")
    def _in_order(self) -> AppraisalSettings:
        if not self.worst_at < self.bad_at < self.low_at < self.award_from:
            raise Unfit("appraisal.lines_in_order")
        return self


class BreachSettings(Section):
    service_complaint_yuan: Yuan
    service_complaint_dismissal: Annotated[int, Field(ge=0, le=100)]
    public_complaint_yuan: Yuan
    unanswered_dispatch_yuan: Yuan
    empty_shift_yuan: Yuan
    botched_swap_yuan: Yuan
    again_days: Annotated[int, Field(ge=1, le=3660)]
    often: Annotated[int, Field(ge=2, le=100)]
    often_days: Annotated[int, Field(ge=1, le=3660)]
    kept_days: Annotated[int, Field(ge=365, le=36_600)]
