"""[visits]: who visits, within how many days, and how long a visit should be."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hotline.settings.base import Identifier, Section
from hotline.settings.cases import Username


class VisitSettings(Section):
    enabled: bool
    days: Annotated[int, Field(ge=1, le=60)]
    again_days: Annotated[int, Field(ge=0, le=366)]
    again_kinds: tuple[Identifier, ...]
    not_after: tuple[Identifier, ...]
    visitors: tuple[Username, ...]
    longest_minutes: Annotated[int, Field(ge=1, le=60)]
    most_questions: Annotated[int, Field(ge=1, le=30)]
    agreed_minutes: Annotated[int, Field(ge=5, le=480)]
