"""[case_links]: what those outside the hotline do about cases by a link."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hotline.settings.base import Section


class CaseLinkSettings(Section):
    customer_days: Annotated[int, Field(ge=1, le=365)]
    department_days: Annotated[int, Field(ge=1, le=90)]
    form_days: Annotated[int, Field(ge=1, le=730)]
    sms_template: str
    department_sms_template: str
    words_an_hour: Annotated[int, Field(ge=1, le=100)]
