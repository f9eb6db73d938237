"""What goes in and out of the console's API."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hotline.domain.operators.presence import ShownState, TransferState
from hotline.domain.reasons import Unfit
from hotline.services.operators.presence import OperatorView
from hotline.web.kit.schemas import MAX_INTEGER


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Nothing(_Body):
    """An empty object."""


class PhoneAccountView(BaseModel):
    """How the operator's phone registers; all but kind and extension only for a phone in the browser."""

    kind: Literal["webrtc", "sip"]
    extension: str
    password: str | None = None
    ws_url: str | None = None
    sip_uri: str | None = None
    ice_servers: list[dict[str, str]] = []


class ConsoleSettings(BaseModel):
    pause_reasons: dict[str, str] = Field(description="id and what is shown")
    answer_seconds: int
    answer_rings: int
    ring_cycle_seconds: int
    warn_minutes: list[int]
    goodbye_seconds: int
    wrap_up_seconds: int
    hold_reminder_seconds: int
    max_unfinished_forms: int


class Me(BaseModel):
    """Whoever sits at this console."""

    operator: OperatorView
    phone: PhoneAccountView
    settings: ConsoleSettings
    server_time: datetime


class StateBody(_Body):
    state: Literal["ready", "paused", "offline"]
    reason: str = Field("", max_length=64, description="of paused: a key of [console.pause_reasons]")


class Colleague(BaseModel):
    extension: str
    name: str
    state: ShownState


class ColleagueQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=60, description="name, its pinyin or initials, or the beginning of the extension")


class ColleagueList(BaseModel):
    colleagues: list[Colleague]


class CallPath(BaseModel):
    call_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of the call")


class TransferPath(BaseModel):
    transfer_id: int = Field(ge=1, le=MAX_INTEGER)


class TransferTo(_Body):
    """An operator's extension, or a person's id in the directory."""

    extension: str | None = Field(None, max_length=20, pattern=r"^[0-9]+$")
    person_id: int | None = Field(None, ge=1, le=MAX_INTEGER)

    @model_validator(mode="after")
    def _one(self) -> TransferTo:
        if (self.extension is None) == (self.person_id is None):
            raise Unfit("input.extension_or_person")
        return self


class TransferBody(_Body):
    kind: Literal["blind", "attended"]
    to: TransferTo
    consent: bool = Field(description="the caller agreed (A12)")
    reason: str = Field(max_length=500, description="A12")


class TransferBegun(BaseModel):
    transfer_id: int


class TransferView(BaseModel):
    """How far a passing on is."""

    transfer_id: int
    kind: str
    to_kind: str
    to_id: str
    to_name: str
    reason: str
    state: TransferState
    problem: str
