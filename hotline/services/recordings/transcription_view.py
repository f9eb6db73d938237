"""Transcription at work, as programs see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.reasons import Reason
from hotline.domain.recordings.transcript import Urgency
from hotline.services.recordings.transcription import FailedTranscript, Progress


class FailedView(BaseModel):
    """A transcript that was given up."""

    model_config = ConfigDict(extra="forbid")

    id: int
    recording_id: int
    call_id: int | None
    side: str = Field(description="caller or ours")
    attempts: int
    problem: str
    failed_at: datetime | None


class ProgressView(BaseModel):
    """What waits for a worker, by priority: complaint, chosen, usual, old; then what is done and who does it.
    Recordings are counted, of whose two sides one is enough; `in_work` counts sides."""

    model_config = ConfigDict(extra="forbid")

    model: str = Field(description="empty: none is chosen, nothing is transcribed")
    workers: list[str] = Field(description="alive now")
    waiting: dict[str, int]
    later: int = Field(description="waiting for their next attempt")
    in_work: int
    done_today: int
    failed_today: int
    done_last_hour: int
    sound_last_hour: float = Field(description="seconds of sound transcribed in the last hour")
    oldest_waiting_since: datetime | None
    failed: list[FailedView] = Field(description="given up, the latest first; at most 50")


def progress_view(progress: Progress, say: Callable[[Reason], str]) -> ProgressView:
    figures = progress.figures
    return ProgressView(
        model=progress.model,
        workers=list(progress.workers),
        waiting={each.name.lower(): figures.by_priority.get(each, 0) for each in Urgency},
        later=figures.later,
        in_work=len(figures.in_work),
        done_today=figures.done_today,
        failed_today=figures.failed_today,
        done_last_hour=figures.done_lately,
        sound_last_hour=figures.seconds_lately,
        oldest_waiting_since=figures.oldest,
        failed=[failed_view(each, say) for each in progress.failed],
    )


def failed_view(failed: FailedTranscript, say: Callable[[Reason], str]) -> FailedView:
    given_up = failed.transcript
    assert given_up.id is not None
    return FailedView(
        id=given_up.id,
        recording_id=given_up.recording_id,
        call_id=failed.call_id,
        side=given_up.side.name.lower(),
        attempts=given_up.attempts,
        problem=say(given_up.problem) if given_up.problem else "",
        failed_at=given_up.finished_at,
    )
