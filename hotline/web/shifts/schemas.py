"""What the API of shifts takes and gives."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from hotline.services.shifts.view import ShiftView
from hotline.web.kit.schemas import MAX_INTEGER, Day, Moment


class _Taken(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ShiftPath(BaseModel):
    shift_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of a shift")


class SwapPath(BaseModel):
    swap_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of a swap")


class ShiftDaysQuery(_Taken):
    first: Day
    last: Day = Field(description="included")
    line: str = Field("", max_length=32, pattern=r"^[a-z0-9_-]*$", description="id of a line; empty: every one")


class OwnShiftDaysQuery(_Taken):
    first: Day
    last: Day = Field(description="included")


class ShiftBody(_Taken):
    """Without times it has the hours of its kind on `day`."""

    person_id: int = Field(ge=1, le=MAX_INTEGER)
    day: Day
    kind: str = Field(max_length=32, description="id of a kind of shift")
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    lines: tuple[str, ...] = Field((), max_length=50)
    queues: tuple[str, ...] = Field((), max_length=50)
    note: str = Field("", max_length=400)


class ShiftChangeBody(ShiftBody):
    version: int = Field(ge=1, le=MAX_INTEGER, description="that was read")


class ShiftMoveBody(_Taken):
    version: int = Field(ge=1, le=MAX_INTEGER, description="that was read")
    person_id: int = Field(ge=1, le=MAX_INTEGER)
    day: Day


class ShiftGiftBody(_Taken):
    version: int = Field(ge=1, le=MAX_INTEGER, description="that was read")
    person_id: int = Field(ge=1, le=MAX_INTEGER)


class ShiftRemovalBody(_Taken):
    version: int = Field(ge=1, le=MAX_INTEGER, description="that was read")


class PublishBody(_Taken):
    first: Day
    last: Day = Field(description="included")


class PublishedView(BaseModel):
    shifts: int
    people: int = Field(description="who were told")


class ShiftList(BaseModel):
    """By start."""

    shifts: list[ShiftView]


class SwapBody(_Taken):
    shift_id: int = Field(ge=1, le=MAX_INTEGER, description="a shift of one's own")
    taker_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of a person")
    other_id: int | None = Field(None, ge=1, le=MAX_INTEGER, description="a shift of theirs that is had for it")
    words: str = Field("", max_length=400)


class SwapAnswerBody(_Taken):
    accepted: bool
    words: str = Field("", max_length=400)


class SwapView(BaseModel):
    id: int
    shift_id: int
    other_id: int | None
    asker_id: int
    taker_id: int
    state: str = Field(description="asked, accepted, done, refused, withdrawn, lapsed")
    words: str
    answer: str
