"""[dialling]: when customers are called, how often, and when again."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hotline.settings.base import Identifier, Section
from hotline.settings.hours import DayPeriods

AreaCode = Annotated[str, Field(pattern=r"^0(10|2[0-9]|[3-9][0-9]{2})$")]
Minutes = Annotated[int, Field(ge=0, le=43_200)]


class NextTry(Section):
    """By the outcome's name, minutes until the next try."""

    most: Annotated[int, Field(ge=1, le=50)]
    operator_gone: Minutes
    trunk_down: Minutes
    congested: Minutes
    cancelled: Minutes
    unreachable: Minutes
    busy: Minutes
    no_answer: Minutes
    declined: Minutes
    machine: Minutes


class DiallingSettings(Section):
    hours: DayPeriods
    holiday_hours: DayPeriods
    line_hours: dict[Identifier, DayPeriods]
    long_distance_needs_approval: bool
    home_areas: tuple[AreaCode, ...]
    approval_hours: Annotated[int, Field(ge=1, le=720)]
    a_minute: Annotated[int, Field(ge=1, le=1000)]
    an_hour: Annotated[int, Field(ge=1, le=10_000)]
    at_once: Annotated[int, Field(ge=1, le=1000)]
    same_number_a_day: Annotated[int, Field(ge=1, le=100)]
    next_try: NextTry
