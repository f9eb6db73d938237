"""The sections of recordings understood and examined."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hotline.settings.base import Section


class Speech(Section):
    model: Annotated[str, Field(max_length=500)]
    workers: Annotated[int, Field(ge=0, le=64)]
    queue: Annotated[str, Field(pattern=r"^((redis|rediss|unix)://\S+)?$")]
    attempts: Annotated[int, Field(ge=1, le=20)]


class ExaminationSettings(Section):
    score_form: Annotated[str, Field(min_length=1, max_length=60)]
    per_operator: Annotated[int, Field(ge=0, le=1000)]
    complaints: bool
    low_score: Annotated[float, Field(ge=0, le=100)]
    least_seconds: Annotated[int, Field(ge=0, le=3600)]
    due_days: Annotated[int, Field(ge=1, le=366)]
    appeal_days: Annotated[int, Field(ge=1, le=366)]
