"""A call as programs see it: one shape for `hotline calls --json` and the API, described by its schema.

Times are UTC in ISO 8601 ("…Z"), seconds have up to three decimals, absent values are null.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.calls.call import (
    Consultation,
    Direction,
    HangUp,
    MenuStep,
    Outcome,
    Party,
    QueueStay,
    RecordingStart,
    Ring,
    RouteStep,
    Span,
    Talk,
    Transfer,
)
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.services.said import SaidReason, Say, saying


class RecordingView(BaseModel):
    """A recording of the call. Without an `id` it is still being written; `ready` ones can be fetched by it."""

    model_config = ConfigDict(extra="forbid")

    id: int | None
    kind: str = Field(description="talk or voicemail")
    state: RecordingState
    started_at: datetime
    seconds: float | None
    size_bytes: int | None
    sha256: str | None
    problem: SaidReason = Field(description="why it is missing or failed, else empty")
    nothing_said: bool = Field(description="a voicemail at whose tone the caller said nothing: no recording is lost")
    measures: Mapping[str, object] = Field(description="what was found in the sound, a channel at a time")


class CallerView(BaseModel):
    """Without the number that a caller keeps back (docs/decisions/0017)."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    number: str = Field(description="E.164; empty when withheld or unreadable")
    original: str = Field(description="as the carrier sent it")
    name: str
    withheld: bool


class CallView(BaseModel):
    """One call of the ledger. `outcome` is null while the call lasts."""

    model_config = ConfigDict(extra="forbid")

    id: int
    node: str
    linkedid: str
    direction: Direction
    line: str
    dialled: str
    caller: CallerView
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None
    answered_by: Party | None
    talk_started_at: datetime | None
    wait_seconds: float
    ring_seconds: float
    talk_seconds: float
    hold_seconds: float
    menu: tuple[MenuStep, ...]
    routes: tuple[RouteStep, ...]
    queues: tuple[QueueStay, ...]
    rings: tuple[Ring, ...]
    talks: tuple[Talk, ...]
    holds: tuple[Span, ...]
    pauses: tuple[Span, ...]
    transfers: tuple[Transfer, ...]
    consultations: tuple[Consultation, ...]
    recordings: tuple[RecordingView, ...]
    hang_up: HangUp | None
    callback_number: str
    remarks: tuple[str, ...]


def call_view(stored: StoredCall, say: Say) -> dict[str, object]:
    """The call as JSON holds it."""
    call = stored.call
    fields = {name: getattr(call, name) for name in CallView.model_fields if name not in ("id", "recordings")}
    fields["caller"] = CallerView.model_validate(call.caller)
    view = CallView(id=stored.id, recordings=recording_views(stored), **fields)
    return view.model_dump(mode="json", context=saying(say))


def recording_views(stored: StoredCall) -> tuple[RecordingView, ...]:
    """Those in the store, and those that the call began and nobody has taken in yet, by start."""
    known = {entry.source_file for entry in stored.recordings}
    fresh = [_fresh(start) for start in stored.call.recordings if start.file not in known]
    return tuple(sorted([*map(_stored, stored.recordings), *fresh], key=lambda view: view.started_at))


def _stored(entry: RecordingEntry) -> RecordingView:
    return RecordingView(
        id=entry.id,
        kind=entry.kind,
        state=entry.state,
        started_at=entry.started_at,
        seconds=entry.seconds,
        size_bytes=entry.size_bytes,
        sha256=entry.sha256 or None,
        problem=entry.problem,
        nothing_said=entry.nothing_said,
        measures=dict(entry.measures),
    )


def _fresh(start: RecordingStart) -> RecordingView:
    return RecordingView(
        id=None,
        kind=start.kind,
        state=RecordingState.PENDING,
        started_at=start.at,
        seconds=None,
        size_bytes=None,
        sha256=None,
        problem=None,
        nothing_said=False,
        measures={},
    )
