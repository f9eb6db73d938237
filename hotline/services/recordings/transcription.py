"""The transcription queue: what waits, what is done and by whom; urgent ones first, old ones last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.errors import Conflict, NotFound
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import TALK, RecordingEntry
from hotline.domain.recordings.transcript import Side, Transcript, TranscriptFigures, Urgency
from hotline.domain.time import midnight
from hotline.services.alerts import set_alert
from hotline.services.looks import note_look
from hotline.services.recordings.alert_kinds import TRANSCRIPT
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.leases import LeaseStore
from hotline.storage.quality.complaints import ComplaintStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage, Transaction

#: Leases of this name are held by workers as long as they live.
WORKER_LEASE = "transcriber:"
FAILED_SHOWN = 50
#: As many old recordings are looked at in one go, and as many of their transcripts wait at a time.
OLD_AT_ONCE = 500
OLD_WAITING = 200


@dataclass(frozen=True, slots=True)
class FailedTranscript:
    """`call_id`: its call's row in the ledger; `recording` None: it is gone."""

    transcript: Transcript
    recording: RecordingEntry | None
    call_id: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """`figures.by_priority` counts what nobody has taken yet; `workers` are the names of those alive."""

    model: str
    figures: TranscriptFigures
    workers: tuple[str, ...]
    failed: tuple[FailedTranscript, ...]


def progress(tx: Transaction, settings: Settings, now: datetime) -> Progress:
    """As it is now; "today" is the day in Shanghai."""
    failed = TranscriptStore(tx).failed(FAILED_SHOWN)
    return Progress(
        settings.speech.model,
        TranscriptStore(tx).figures(now, midnight(local_day(now)), now - timedelta(hours=1)),
        tuple(LeaseStore(tx).holders(WORKER_LEASE, now)),
        tuple(_failed(tx, each) for each in failed),
    )


def look_at_progress(storage: Storage, settings: Settings, actor: Actor, now: datetime, noted: bool) -> Progress:
    """`noted`: the view is written down (F8); not again for each of the figures that a page that is open asks for."""
    with storage.reading() as tx:
        found = progress(tx, settings, now)
    if noted:
        note_look(storage, actor, now, "transcription.view", "transcription")
    return found


def try_again(storage: Storage, transcript_id: int, actor: Actor, now: datetime) -> Transcript:
    """A given up one is wanted again, from the first attempt. Raises NotFound; Conflict for one that was not given
    up."""
    with storage.writing() as tx:
        given_up = TranscriptStore(tx).by_id(transcript_id)
        if given_up is None:
            raise NotFound("quality.no_transcript", id=transcript_id)
        if not TranscriptStore(tx).want_again(transcript_id, Urgency.CHOSEN, now):
            raise Conflict("quality.transcript_not_given_up", id=transcript_id, state=given_up.state)
        set_alert(tx, TRANSCRIPT, str(given_up.recording_id), None, now)
        AuditLog(tx).add(now, actor.name, "transcript.again", f"recording:{given_up.recording_id}")
        again = TranscriptStore(tx).by_id(transcript_id)
        assert again is not None
        return again


def want(tx: Transaction, entry: RecordingEntry, now: datetime) -> None:
    """Ask for what is said in this recording, which was just taken in: complaints first."""
    assert entry.id is not None
    complaint = ComplaintStore(tx).is_one(entry.node, entry.linkedid)
    sides = list(Side) if entry.has_two_sides else [Side.CALLER]
    TranscriptStore(tx).ask([entry.id], sides, Urgency.COMPLAINT if complaint else Urgency.USUAL, now)


def hurry(tx: Transaction, node: str, linkedid: str, priority: Urgency = Urgency.COMPLAINT) -> int:
    """What waits of this call goes first: it became a complaint. How many transcripts that were."""
    return TranscriptStore(tx).hurry(node, linkedid, priority)


@dataclass
class OldRecordings:
    """Asks for transcripts of recordings that have none, the newest first: from before there was a model. A part at a
    time, and only as long as few of them wait; nothing while no model is set. Begins anew with the process."""

    storage: Storage
    settings: Callable[[], Settings]
    below: int | None = field(default=None)
    done: bool = field(default=False)

    def ask(self, now: datetime) -> int:
        """How many transcripts are newly wanted."""
        if self.done or not self.settings().speech.model:
            return 0
        with self.storage.reading() as tx:
            if TranscriptStore(tx).waiting(Urgency.OLD) >= OLD_WAITING:
                return 0
            part = TranscriptStore(tx).recordings_below(self.below, OLD_AT_ONCE)
        self.done = not part
        if not part:
            return 0
        wanted, self.below = self._of(part, now)
        return wanted

    def _of(self, part: Sequence[tuple[int, str, bool]], now: datetime) -> tuple[int, int]:
        """How many are wanted, and where to go on."""
        wanted, last = 0, part[0][0] + 1
        with self.storage.writing() as tx:
            for recording_id, kind, asked in part:
                if wanted >= OLD_WAITING:
                    break
                last = recording_id
                if not asked:
                    sides = list(Side) if kind == TALK else [Side.CALLER]
                    wanted += TranscriptStore(tx).ask([recording_id], sides, Urgency.OLD, now)
        return wanted, last


def _failed(tx: Transaction, given_up: Transcript) -> FailedTranscript:
    recording = RecordingStore(tx).by_id(given_up.recording_id)
    call_id = CallStore(tx).id_of(recording.node, recording.linkedid) if recording else None
    return FailedTranscript(given_up, recording, call_id)
