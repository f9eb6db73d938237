"""[bulletins], [trainings], [handover], [adherence], [staffing]: what is asked of our own people, and how many there
must be."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hotline.settings.base import Section


class BulletinSettings(Section):
    remind: bool


class TrainingSettings(Section):
    needed_to_be_ready: bool
    runs_out_days: Annotated[int, Field(ge=0, le=365)]


class HandoverSettings(Section):
    due_minutes: Annotated[int, Field(ge=0, le=1440)]


class AdherenceSettings(Section):
    grace_minutes: Annotated[int, Field(ge=0, le=240)]
    empty_consequence: Annotated[str, Field(max_length=80)]


class StaffingSettings(Section):
    """0 for `patience_seconds` or `talk_seconds`: as the last weeks say."""

    patience_seconds: Annotated[int, Field(ge=0, le=3600)]
    talk_seconds: Annotated[int, Field(ge=0, le=7200)]
    wrap_up_seconds: Annotated[int, Field(ge=0, le=3600)]
    shrinkage_percent: Annotated[int, Field(ge=0, le=80)]
    shift_hours: Annotated[int, Field(ge=2, le=14)]
