"""Transcribes one side of one recording at a time. Each is leased to one worker, so that a worker's death loses
nothing and no work is done twice at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.domain.errors import NotFound, StorageError, StoreUnavailable
from hotline.domain.reasons import Reason, because
from hotline.domain.recordings.recording import RecordingEntry, RecordingState, of_file
from hotline.domain.recordings.transcript import LONGEST_LENT, Transcript, TranscriptState
from hotline.domain.time import Clock
from hotline.services.alerts import set_alert
from hotline.services.recordings.alert_kinds import TRANSCRIPT
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage
from recordings.sound import Samples, UnreadableSound
from recordings.speech.recogniser import Recogniser

log = logging.getLogger(__name__)

#: For so long a transcript is lent at a time; a worker at work has it lent longer before.
LENT = timedelta(minutes=2)
RENEW_SECONDS = 30.0
#: After the first failed attempt, then twice as long each time.
FIRST_WAIT = timedelta(minutes=1)

#: Reads a recording's sound. Raises OSError, Unreadable or StoreUnavailable.
ReadSound = Callable[[RecordingEntry], Samples]
#: Told of each recording that has all its transcripts, with its sound.
Told = Callable[[RecordingEntry, Samples], None]


@dataclass(frozen=True)
class Transcriber:
    """One worker, known by `name`; `recogniser` gives the loaded model, or raises NotFound. `attempts`: after
    how many it is given up."""

    storage: Storage
    name: str
    recogniser: Callable[[], Recogniser]
    read: ReadSound
    told: Told
    attempts: Callable[[], int]
    clock: Clock
    #: Told of each that was taken, before it is begun.
    taken: Callable[[], object] = lambda: None

    def one(self, transcript_id: int) -> TranscriptState | None:
        """Do this one; what became of it. None, and nothing is done, when it is done or somebody else has it."""
        now = self.clock()
        with self.storage.writing() as tx:
            wanted = TranscriptStore(tx).lend(transcript_id, self.name, now + LENT, now)
            entry = RecordingStore(tx).by_id(wanted.recording_id) if wanted else None
        self.taken()
        if wanted is None:
            return None
        with self._kept_lent(transcript_id):
            after, sound = self._attempt(wanted, entry)
        return self._settle(after, entry, sound)

    def _attempt(self, wanted: Transcript, entry: RecordingEntry | None) -> tuple[Transcript, Samples | None]:
        if entry is None or entry.state is not RecordingState.READY:
            return self._given_up(wanted, because("quality.recording_gone")), None
        try:
            sound = self.read(entry)
            if wanted.side >= sound.shape[1]:
                return self._given_up(wanted, because("quality.no_such_side")), None
            recogniser = self.recogniser()
            words = recogniser.words(sound[:, wanted.side])
        except (StoreUnavailable, NotFound) as error:  # or the model is not on this machine
            return self._failed(wanted, error.reason), None
        except UnreadableSound as error:
            return self._failed(wanted, because("recordings.unreadable", why=error.reason)), None
        except OSError as error:
            return self._failed(wanted, because("recordings.unreadable", why=str(error))), None
        return replace(
            wanted,
            state=TranscriptState.DONE,
            engine=recogniser.engine,
            model=recogniser.model,
            words=words,
            text="".join(word.text for word in words),
            problem=None,
            finished_at=self.clock(),
            lent_until=None,
            lent_to="",
            confidence=round(sum(w.confidence for w in words) / len(words), 4) if words else None,
        ), sound

    def _failed(self, wanted: Transcript, problem: Reason) -> Transcript:
        attempts = wanted.attempts + 1
        if attempts >= self.attempts():
            return self._given_up(replace(wanted, attempts=attempts), problem)
        log.warning("transcript %s: %s; tried again later", wanted.id, problem)
        wait = min(FIRST_WAIT * 2 ** min(attempts - 1, 16), LONGEST_LENT)
        return replace(wanted, attempts=attempts, problem=problem, lent_to="", lent_until=self.clock() + wait)

    def _given_up(self, wanted: Transcript, problem: Reason) -> Transcript:
        log.warning("transcript %s is given up: %s", wanted.id, problem)
        return replace(
            wanted, state=TranscriptState.FAILED, problem=problem, finished_at=self.clock(), lent_until=None, lent_to=""
        )

    def _settle(self, after: Transcript, entry: RecordingEntry | None, sound: Samples | None) -> TranscriptState | None:
        """Keep it, if it is still ours: whoever was too slow for their time has lost it to somebody else."""
        now = self.clock()
        with self.storage.writing() as tx:
            current = TranscriptStore(tx).by_id(after.id or 0)
            if current is None or current.lent_to != self.name or current.state is not TranscriptState.PENDING:
                return None
            TranscriptStore(tx).update(after)
            gave_up = after.state is TranscriptState.FAILED and entry is not None
            told = of_file(entry.source_file, after.problem) if gave_up and entry else None
            set_alert(tx, TRANSCRIPT, str(after.recording_id), told, now)
            rest = [t for t in TranscriptStore(tx).of(after.recording_id) if t.state is TranscriptState.PENDING]
        if entry is not None and sound is not None and not rest:
            self.told(entry, sound)
        return after.state

    @contextmanager
    def _kept_lent(self, transcript_id: int) -> Iterator[None]:
        done = threading.Event()
        refresher = threading.Thread(target=self._keep_lent, args=(transcript_id, done), daemon=True)
        refresher.start()
        try:
            yield
        finally:
            done.set()
            refresher.join()

    def _keep_lent(self, transcript_id: int, done: threading.Event) -> None:
        while not done.wait(RENEW_SECONDS):
            now: datetime = self.clock()
            try:
                with self.storage.writing() as tx:
                    TranscriptStore(tx).lend(transcript_id, self.name, now + LENT, now)
            except StorageError as error:
                log.warning("%s", error)
