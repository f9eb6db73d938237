"""Requests and responses of the API, as the OpenAPI document describes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from hotline.domain.calls.call import Direction, Outcome
from hotline.domain.ids import MAX_ID
from hotline.domain.reasons import Unfit
from hotline.domain.time import SHANGHAI
from hotline.domain.wall_time import within_years
from hotline.services.calls.view import CallView

MAX_LIMIT = 500
#: Rows' ids and offsets end here on every database.
MAX_INTEGER = MAX_ID


def _blank_is_plus(value: object) -> object:
    """A "+" in an address arrives as a blank unless the client escaped it: 09:00:00 08:00 meant 09:00:00+08:00."""
    return re.sub(r" (\d{2}:?\d{2})$", r"+\1", value) if isinstance(value, str) and "T" in value else value


def _in_our_time(moment: datetime) -> datetime:
    """A time without a zone is Asia/Shanghai, as everywhere in the product."""
    if not within_years(moment):
        raise Unfit("line.year")
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def _of_our_years(day: date) -> date:
    if not within_years(day):
        raise Unfit("line.year")
    return day


Day = Annotated[date, AfterValidator(_of_our_years)]
Moment = Annotated[datetime, BeforeValidator(_blank_is_plus), AfterValidator(_in_our_time)]


class CallQuery(BaseModel):
    """Which calls; all given conditions hold together."""

    model_config = ConfigDict(extra="forbid")

    since: Moment | None = Field(None, description="began at this time or later; without a zone: Asia/Shanghai")
    until: Moment | None = Field(None, description="began before this time")
    direction: Direction | None = Field(None, description="who called; without it inbound, dialled and outbound")
    outcome: Outcome | None = Field(None, description="how it ended")
    in_progress: bool | None = Field(None, description="true: only calls that last, false: only finished ones")
    caller: str = Field(
        "",
        max_length=64,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="the caller's number in any writing, or a part of it",
    )
    line: str = Field("", max_length=32, pattern=r"^[a-z0-9_-]*$", description="id of the line")
    limit: int = Field(100, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class CallPath(BaseModel):
    call_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of the call")


class RecordingPath(BaseModel):
    recording_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of a recording of a call")


class AudioQuery(BaseModel):
    download: bool = Field(default=False, description="to be kept as a file: its name tells call and person")


class Peaks(BaseModel):
    """The outline of a recording. A pixel lasts `samples_per_pixel` / `rate` seconds."""

    version: int
    seconds: float
    rate: int = Field(description="samples a second")
    samples_per_pixel: int
    scale: int = Field(description="what full scale is in `channels`")
    channels: list[list[int]] = Field(
        description="the caller, then our side: of each pixel the lowest and the highest sample, one after the other"
    )


class CallList(BaseModel):
    """Newest first."""

    total: int = Field(description="how many the query finds")
    limit: int
    offset: int
    calls: list[CallView]


class Health(BaseModel):
    status: str = Field(description="ok, or failing")
    database: str = Field(description="ok, or failing")


class WrongInput(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    status: int
    code: str = Field(description="stable, and the same for all that is answered alike: refused, not_found, …")
    reason: str = Field(description="stable: what exactly it was, as examination.own_call")
    detail: str = Field(description="the same in words, in the language of whoever asked")
    errors: list[WrongInput] | None = None
    current: dict[str, Any] | None = Field(None, description="with 409: the record as it is now")


OfOperator = Annotated[str, StringConstraints(max_length=20, pattern=r"^[0-9]*$")]
