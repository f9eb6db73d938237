"""What was measured of one call: findings, transcripts, score."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import Forbidden
from hotline.domain.people import Actor
from hotline.domain.quality.results import CallScore, StoredFinding
from hotline.domain.recordings.transcript import Side, Transcript, TranscriptState
from hotline.domain.rights.acts import Act
from hotline.services.access import may_hear, read_call, require_right
from hotline.services.examination.view import ExaminationPart
from hotline.services.looks import note_look
from hotline.services.quality.measuring import talk_recording
from hotline.services.quality.score_forms import call_points
from hotline.services.said import SaidReason
from hotline.settings import Settings
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.quality.findings import FindingStore
from hotline.storage.quality.score_forms import ScoreFormStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage, Transaction


class FindingView(ExaminationPart):
    """`breach`: the rule is broken; `counts` false: to be checked by a person. Seconds are those of the recording."""

    extension: str
    rule: str
    kind: str
    breach: bool
    counts: bool
    value: float | None
    limit: float | None
    from_second: float | None
    to_second: float | None
    confidence: float | None
    words: str
    note: str


class WordView(ExaminationPart):
    text: str
    start: float
    end: float
    confidence: float


class TranscriptView(ExaminationPart):
    side: str = Field(description="caller or ours")
    state: TranscriptState
    text: str
    confidence: float | None
    model: str
    problem: SaidReason
    words: list[WordView]


class CallScoreView(ExaminationPart):
    """The automatic score, of the operator whose call it is; `points` by item of the form."""

    extension: str
    score: float | None
    score_form_id: int | None
    points: Mapping[str, float | None]
    measures: Mapping[str, object]
    evaluated_at: datetime


class CallQualityView(ExaminationPart):
    """`recording_id`: the talk recording, whose begin the seconds count from; null: there is none."""

    call_id: int
    recording_id: int | None
    recording_started_at: datetime | None
    recording_seconds: float | None
    score: CallScoreView | None
    findings: list[FindingView]
    transcripts: list[TranscriptView]
    examination_ids: list[int] = Field(description="calibrations aside")


def call_quality(storage: Storage, settings: Settings, call_id: int, actor: Actor, now: datetime) -> CallQualityView:
    """The view is written down (F8). Raises Forbidden (also F5, E5), NotFound."""
    require_right(Act.READ_FINDINGS, actor)
    with storage.reading() as tx:
        stored = read_call(tx, call_id)
        if not may_hear(tx, stored.call, actor):
            raise Forbidden("examination.own_call")
        found = quality_of(tx, settings, stored)
    note_look(storage, actor, now, "call.quality", f"call:{call_id}")
    return found


def quality_of(tx: Transaction, settings: Settings, stored: StoredCall) -> CallQualityView:
    """What was measured of the call."""
    entry = talk_recording(stored)
    node, linkedid = stored.call.node, stored.call.linkedid
    findings, measured = FindingStore(tx).of(node, linkedid), FindingStore(tx).score(node, linkedid)
    return CallQualityView(
        call_id=stored.id,
        recording_id=entry.id if entry else None,
        recording_started_at=entry.started_at if entry else None,
        recording_seconds=entry.seconds if entry else None,
        score=_score(tx, settings, measured, findings) if measured else None,
        findings=[_finding(each) for each in findings],
        transcripts=[_transcript(each) for each in TranscriptStore(tx).of(entry.id)]
        if entry and entry.id is not None
        else [],
        examination_ids=ExaminationStore(tx).ids_of(node, linkedid),
    )


def _score(tx: Transaction, settings: Settings, measured: CallScore, findings: list[StoredFinding]) -> CallScoreView:
    form = ScoreFormStore(tx).by_id(measured.score_form_id) if measured.score_form_id is not None else None
    own = [each.finding for each in findings if each.extension == measured.extension]
    return CallScoreView(
        extension=measured.extension,
        score=measured.score,
        score_form_id=measured.score_form_id,
        points=call_points(form, own, measured.measures, settings) if form else {},
        measures=measured.measures,
        evaluated_at=measured.evaluated_at,
    )


def _finding(stored: StoredFinding) -> FindingView:
    found = stored.finding
    return FindingView(
        extension=stored.extension,
        rule=found.rule,
        kind=found.kind,
        breach=found.breach,
        counts=found.counts,
        value=found.value,
        limit=found.limit,
        from_second=found.start,
        to_second=found.end,
        confidence=found.confidence,
        words=found.words,
        note=found.note,
    )


def _transcript(found: Transcript) -> TranscriptView:
    return TranscriptView(
        side="caller" if found.side is Side.CALLER else "ours",
        state=found.state,
        text=found.text,
        confidence=found.confidence,
        model=found.model,
        problem=found.problem,
        words=[WordView(text=w.text, start=w.start, end=w.end, confidence=w.confidence) for w in found.words],
    )
