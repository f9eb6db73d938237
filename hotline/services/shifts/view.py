"""Shifts as programs and the plan's script have them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.shifts.shift import PlannedShift, ShiftOrigin


class ShiftView(BaseModel):
    """One person's time at the desk, or with the duty mobile."""

    model_config = ConfigDict(extra="forbid")

    id: int | None = Field(description="null: it stands in the settings file")
    version: int
    person_id: int | None = Field(description="null: somebody who is known by name alone")
    person: str
    kind: str = Field(description="id of a kind of shift; empty: none")
    duty: bool = Field(description="has the duty mobile (A2)")
    starts_at: datetime
    ends_at: datetime
    lines: tuple[str, ...] = Field(description="ids; empty: every line")
    queues: tuple[str, ...] = Field(description="ids of ring groups; empty: every one")
    note: str
    origin: ShiftOrigin
    published_at: datetime | None = Field(description="null: a draft")


_SAME = (
    "id",
    "version",
    "person_id",
    "person",
    "kind",
    "duty",
    "starts_at",
    "ends_at",
    "lines",
    "queues",
    "note",
    "origin",
    "published_at",
)


def shift_view(shift: PlannedShift) -> ShiftView:
    return ShiftView(**{name: getattr(shift, name) for name in _SAME})
