"""[shifts]: which kinds of shift there are, by which patterns they are laid out, and what a plan must keep (F6)."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field

from hotline.domain.reasons import Unfit
from hotline.settings.base import Identifier, Section

_SPAN = re.compile(r"\s*(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s*")


def _clock(text: str) -> time:
    return time.min if text == "24:00" else time.fromisoformat(text.rjust(5, "0"))


def _span(text: str) -> str:
    try:
        _clocks(text)
    except ValueError:
        raise Unfit("settings.period", got=text) from None
    return text


def _clocks(text: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(text)
    return _clock(found[1]), _clock(found[2])


ShiftSpan = Annotated[str, AfterValidator(_span)]


class ShiftKindSettings(Section):
    name: Annotated[str, Field(min_length=1, max_length=16)]
    hours: ShiftSpan
    break_minutes: Annotated[int, Field(ge=0, le=480)] = 0
    duty: bool = False

    @property
    def clocks(self) -> tuple[time, time]:
        """Its start and its end; one that is not after the start lies on the next day, and 24:00 is 00:00."""
        return _clocks(self.hours)


class ShiftPatternSettings(Section):
    name: Annotated[str, Field(min_length=1, max_length=32)]
    cycle: Annotated[tuple[str, ...], Field(min_length=1, max_length=60)]
    offset: Annotated[int, Field(ge=0, le=60)] = 1
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = (1, 2, 3, 4, 5, 6, 7)
    by_week: bool = False
    in_turn: bool = False


class ShiftSettings(Section):
    rest_hours: Annotated[int, Field(ge=0, le=48)]
    week_hours: Annotated[int, Field(ge=1, le=168)]
    swaps_a_month: Annotated[int, Field(ge=0, le=31)]
    swap_needs_approval: bool
    leave_days_ahead: Annotated[int, Field(ge=0, le=60)]
    kinds: Annotated[dict[Identifier, ShiftKindSettings], Field(min_length=1)]
    patterns: dict[Identifier, ShiftPatternSettings]
