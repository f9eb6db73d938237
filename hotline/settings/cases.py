"""[cases]: who decides what goes up, and what is owed to the customer meanwhile."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hotline.settings.base import Section

Username = Annotated[str, Field(max_length=64)]


class EscalationHours(Section):
    """By severity: so many hours of working time after a clock of the case is over, the next one up is told."""

    light: Annotated[int, Field(ge=1, le=1000)]
    medium: Annotated[int, Field(ge=1, le=1000)]
    severe: Annotated[int, Field(ge=1, le=1000)]


class CaseSettings(Section):
    leaders: tuple[Username, ...]
    arbiter: Username
    ruling_hours: Annotated[int, Field(ge=1, le=1000)]
    next_word_days: Annotated[int, Field(ge=1, le=60)]
    repeat_days: Annotated[int, Field(ge=1, le=366)]
    escalate_after_hours: EscalationHours
