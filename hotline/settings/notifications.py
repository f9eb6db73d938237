"""[mail] and [notices]: by which ways people are told of what happens."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from hotline.domain.reasons import Unfit
from hotline.settings.base import SPLITS, Identifier, Port, Section

#: Who may be told: all persons with that role, or whoever has the duty mobile.
Audience = Literal["operator", "examiner", "supervisor", "administrator", "duty"]

_ADDRESS = r"^([^@\s<>,;]+@[^@\s<>,;]+)?$"


class Mail(Section):
    host: str
    port: Port
    security: Literal["starttls", "tls", "none"]
    user: str
    password: str
    sender: Annotated[str, Field(pattern=_ADDRESS, max_length=254)]
    timeout_seconds: Annotated[int, Field(ge=1, le=300)]

    @model_validator(mode="after")
    def _check(self) -> Mail:
        if self.host and not self.sender:
            raise Unfit("settings.mail_sender")
        if self.user and self.security == "none":
            raise Unfit("settings.mail_in_clear")
        return self


class Gateways(Section):
    wecom: Annotated[str, Field(pattern=r"^https?://[^\s/]+$"), SPLITS]
    dingtalk: Annotated[str, Field(pattern=r"^https?://[^\s/]+$"), SPLITS]
    feishu: Annotated[str, Field(pattern=r"^https?://[^\s/]+$"), SPLITS]


class AddressGroup(Section):
    """Addresses that are told of these kinds of alerts; of all without any."""

    urls: tuple[str, ...]
    alerts: tuple[str, ...] = ()


class NoticeSettings(Section):
    urls: tuple[str, ...]
    alerts_to: tuple[Audience, ...]
    timeout_seconds: Annotated[int, Field(ge=1, le=300)]
    attempts: Annotated[int, Field(ge=1, le=50)]
    retry_seconds: Annotated[int, Field(ge=1, le=3600)]
    pause_after: Annotated[int, Field(ge=1, le=100)]
    pause_minutes: Annotated[int, Field(ge=1, le=1440)]
    group_minutes: Annotated[int, Field(ge=0, le=1440)]
    kept_days: Annotated[int, Field(ge=1, le=3650)]
    gateways: Gateways
    alerts: dict[str, tuple[Audience, ...]] = Field(default_factory=dict)
    groups: dict[Identifier, AddressGroup] = Field(default_factory=dict)
