"""[sms]: text messages, by a gateway."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, IPvAnyNetwork, field_validator, model_validator

from hotline.domain.reasons import Unfit
from hotline.domain.sms.message import placeholders
from hotline.settings.base import SPLITS, Identifier, Section


class SmsTemplate(Section):
    gateway_template: Annotated[str, Field(min_length=1, max_length=64)]
    text: Annotated[str, Field(min_length=1, max_length=500)]
    parameters: tuple[Identifier, ...]

    @model_validator(mode="after")
    def _check(self) -> SmsTemplate:
        if placeholders(self.text) != set(self.parameters) or len(set(self.parameters)) != len(self.parameters):
            raise Unfit("sms.declared_otherwise", declared=self.parameters, used=tuple(sorted(placeholders(self.text))))
        return self


class SmsSettings(Section):
    gateway: Literal["", "http", "file"]
    url: Annotated[str, Field(pattern=r"^(https?://[^\s@]+)?$"), SPLITS]
    key: str
    secret: str
    private_networks: tuple[IPvAnyNetwork, ...]
    night_from: dt.time
    night_until: dt.time
    most_a_day: Annotated[int, Field(ge=1, le=50)]
    attempts: Annotated[int, Field(ge=1, le=10)]
    templates: dict[Identifier, SmsTemplate]

    @field_validator("night_from", "night_until", mode="before")
    @classmethod
    def _time(cls, value: object) -> object:
        try:
            return dt.time.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            raise Unfit("settings.time_of_day", got=str(value)) from None

    @model_validator(mode="after")
    def _check(self) -> SmsSettings:
        if self.gateway == "http" and not (self.url and self.key and len(self.secret) >= 16):
            raise Unfit("sms.http_needs")
        return self
