"""Results of the full text search, as programs see them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.forms.form import FORM
from hotline.services.searched import FoundPlace, FoundText


class PieceView(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    found: bool = Field(description="this was looked for")


class PlaceView(BaseModel):
    """Where the words stand."""

    model_config = ConfigDict(extra="forbid")

    pieces: tuple[PieceView, ...] = Field(description="the text around it, in order")
    cut_before: bool = Field(description="more text stands before")
    cut_after: bool
    from_second: float | None = Field(description="of the recording, when it was said")
    to_second: float | None
    field: str = Field(description="of the record; empty in a transcript")


class FoundView(BaseModel):
    """A text of a call in which all words stand: a transcript of one side, a log form…"""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(description="transcript, form…")
    call_id: int | None = Field(description="its call's row in the ledger")
    called_at: datetime
    number_shown: str = Field(description="the caller's; empty when withheld")
    answered_by: str = Field(description="extension of the operator who answered, or number of the mobile")
    side: str = Field(description="who said it: caller or ours; empty for a record")
    recording_id: int | None
    form_id: int | None
    source_id: int = Field(description="the id of what was found, among its kind")
    count: int = Field(description="in how many places the words stand")
    places: tuple[PlaceView, ...] = Field(description="the first of them")


def found_view(found: FoundText) -> FoundView:
    answered_by = found.stored.call.answered_by if found.stored else None
    return FoundView(
        kind=found.kind,
        call_id=found.stored.id if found.stored else None,
        called_at=found.called_at,
        number_shown=found.number,
        answered_by=answered_by.id if answered_by else "",
        side=found.side.name.lower() if found.side is not None else "",
        recording_id=found.recording_id,
        form_id=found.source_id if found.kind == FORM else None,
        source_id=found.source_id,
        count=found.count,
        places=tuple(map(_place, found.shown)),
    )


def _place(place: FoundPlace) -> PlaceView:
    return PlaceView(
        pieces=tuple(PieceView(text=text, found=is_found) for text, is_found in place.snippet.parts),
        cut_before=place.snippet.cut_before,
        cut_after=place.snippet.cut_after,
        from_second=place.from_second,
        to_second=place.to_second,
        field=place.field,
    )
