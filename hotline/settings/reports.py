"""[reports]: what is reported by itself, when, and to whom."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import Field

from hotline.settings.base import Identifier, Section

#: A role, who leads a team or department, or one person by their id.
ReportTo = Annotated[
    str, Field(pattern=r"^(operator|leader|examiner|auditor|supervisor|administrator|leaders|person:[1-9][0-9]{0,8})$")
]

_DOMAIN = r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$"


class ReportSettings(Section):
    """Of one kind of report."""

    enabled: bool
    at: time
    to: tuple[ReportTo, ...]
    masked: bool


class DailyReport(ReportSettings):
    working_days: bool


class WeeklyReport(ReportSettings):
    weekday: Annotated[int, Field(ge=1, le=7)]


class MonthlyReport(ReportSettings):
    day: Annotated[int, Field(ge=1, le=31)]


class ReportsSettings(Section):
    mail_domains: tuple[Annotated[str, Field(pattern=_DOMAIN, max_length=253)], ...]
    attach: bool
    link_hours: Annotated[int, Field(ge=1, le=720)]
    product_field: Identifier
    at_once: Annotated[int, Field(ge=1, le=64)]
    wait_seconds: Annotated[int, Field(ge=1, le=120)]
    most_seconds: Annotated[int, Field(ge=5, le=600)]
    daily: DailyReport
    weekly: WeeklyReport
    person_week: WeeklyReport
    monthly: MonthlyReport
    call_details: MonthlyReport
    problems: MonthlyReport
