"""What the API of dials takes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.services.dialling.own_dials import DialView
from hotline.web.kit.schemas import MAX_INTEGER


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DialPath(BaseModel):
    dial_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of the dial")


class DialBody(_Body):
    object_kind: str = Field("", max_length=32, description="what for: callback, …; its number and line are taken")
    object_id: int = Field(0, ge=0, le=MAX_INTEGER)
    number: str = Field("", max_length=40, description="without object_kind: whom, as people write numbers")
    line: str = Field(
        "", max_length=32, description="without object_kind: whose number is shown; empty: the first line"
    )
    reason: str = Field("", max_length=200, description="what is told to the customer (C1)")
    customer_named_time: bool = Field(False, description="they asked to be called now: rest time does not count")
    confirmed: str = Field("", max_length=200, description="why all the same, of what was warned of")


class DialNow(BaseModel):
    dial: DialView | None
    last: DialView | None = Field(description="the last one that is over, while what it was for is still to be done")


class SaidBody(_Body):
    what: Literal["machine", "wrong_number"]
