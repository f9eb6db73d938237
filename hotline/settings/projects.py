"""[projects], [campaigns] and [owners]: whom we ask without their having called."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hotline.settings.base import Section


class ProjectSettings(Section):
    plan_days_ahead: Annotated[int, Field(ge=0, le=60)]


class CampaignSettings(Section):
    renewal_days: Annotated[int, Field(ge=1, le=366)]
    monthly_sample: Annotated[int, Field(ge=0, le=100_000)]
    sample_questionnaire: Annotated[str, Field(max_length=64)]
    rest_days: Annotated[int, Field(ge=0, le=366)]
    link_days: Annotated[int, Field(ge=1, le=90)]
    sms_template: Annotated[str, Field(max_length=32)]


class OwnerSettings(Section):
    share_out: bool
    first_contact_days: Annotated[int, Field(ge=0, le=60)]
    potential: dict[Annotated[str, Field(max_length=32)], Annotated[int, Field(ge=1, le=100)]]
