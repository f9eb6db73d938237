"""The worker's rounds: take in what is due, tidy the incoming folder, watch the disk.

One node's worker takes in that node's recordings, since they lie on its disk. Two at once do no harm: the
first to commit counts.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from hotline.domain.errors import StorageError, StoreUnavailable
from hotline.domain.reasons import Reason, because, broken
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.time import Clock
from hotline.services.alerts import disk_detail
from hotline.services.recordings import intake as ledger
from hotline.services.recordings.alert_kinds import DISK_SPACE, RECORDING_LEFT_OVER
from hotline.storage.transaction import Storage
from recordings.finalising import Finaliser
from recordings.intake import ATTEMPTS, remove_source, take_in
from recordings.sound import Samples, read_wav
from recordings.store import abandoned_parts, relative_path

log = logging.getLogger(__name__)

#: Taken from the ledger at a time; small, so that what other workers took meanwhile is seen soon.
BATCH = 20
IDLE_SECONDS = 1.0
STORAGE_WAIT_SECONDS = 5.0
TIDY_EVERY = timedelta(minutes=1)
#: A file nobody has written to for so long belongs to no call that still lasts.
ORPHAN_AFTER_SECONDS = 600
STORE_RETRY = timedelta(seconds=30)
UNEXPECTED_RETRY = timedelta(minutes=1)


@dataclass(frozen=True)
class Worker:
    storage: Storage
    node: str
    incoming: Path
    store: Path
    #: Asked at each look at the disk.
    min_free_megabytes: Callable[[], int]
    clock: Clock
    #: Told of each recording that has come into the store, with its sound.
    taken_in: Callable[[RecordingEntry, Samples], None]
    #: Brings what was taken in into its final form; None leaves it as it is.
    finaliser: Finaliser | None = None

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; the recording in hand is finished first. A database that is away is waited
        for."""
        tidied: datetime | None = None
        while not stop.is_set():
            try:
                now = self.clock()
                if tidied is None or now - tidied >= TIDY_EVERY:
                    self.tidy()
                    tidied = now
                # One kept at a time, and only when nothing waits to be taken in.
                if not self.round(stop) and not (self.finaliser and self.finaliser.one()):
                    stop.wait(IDLE_SECONDS)
            except StorageError as error:
                log.warning("%s", error)
                stop.wait(STORAGE_WAIT_SECONDS)

    def round(self, stop: threading.Event | None = None) -> int:
        """Take in what is due now; how many were tried. One that fails never keeps back the others."""
        batch = ledger.due(self.storage, self.node, self.clock(), BATCH)
        for done, item in enumerate(batch):
            if stop is not None and stop.is_set():
                return done
            self._one(item)
        return len(batch)

    def tidy(self) -> None:
        """Finish what a crash left undone, and tell of files that no call knows; those are never deleted."""
        now = self.clock()
        self._remove_parts(now)
        if self.finaliser:
            self.finaliser.finish()
        left_over = _left_over(self._strangers(now))
        short = disk_detail(shutil.disk_usage(self.store).free, self.min_free_megabytes())
        alerts = {RECORDING_LEFT_OVER: left_over, DISK_SPACE: short}
        ledger.set_node_alerts(self.storage, self.node, alerts, now)

    def _one(self, item: ledger.DueRecording) -> None:
        now = self.clock()
        try:
            self._restore(item.entry)
            after = take_in(item.entry, self.incoming, self.store, item.pauses, now)
        except StoreUnavailable as error:
            ledger.store_refuses(self.storage, self.node, error.reason, now)
            ledger.settle(self.storage, _later(item.entry, error.reason, now + STORE_RETRY), now)
            return
        except Exception as error:  # whatever is wrong with this one, the others must be taken in
            log.exception("recording %s: unexpected", item.entry.source_file)
            after = _unexpected(item.entry, error, now)
        if ledger.settle(self.storage, after, now) and after.state is RecordingState.READY:
            self._remove(after)
            self._tell(after)

    def _restore(self, entry: RecordingEntry) -> None:
        if self.finaliser and entry.source_file and not (self.incoming / entry.source_file).exists():
            self.finaliser.restore(entry, relative_path(entry))

    def _tell(self, entry: RecordingEntry) -> None:
        """What is made of the sound never keeps back the next recording."""
        try:
            self.taken_in(entry, read_wav(self.store / entry.path))
        except StorageError:
            raise
        except Exception:
            log.exception("recording %s is stored, but could not be measured", entry.source_file)

    def _remove(self, entry: RecordingEntry) -> bool:
        try:
            return remove_source(entry, self.incoming, self.store)
        except (OSError, StoreUnavailable) as error:
            log.warning("recording %s: its source stays: %s", entry.source_file, error)
            return False

    def _strangers(self, now: datetime) -> list[str]:
        """Old files of the incoming folder that no row knows, or that differ from what was stored of them."""
        files = (file for file in self.incoming.iterdir() if file.is_file())
        old = sorted(file.name for file in files if _age(file, now) > ORPHAN_AFTER_SECONDS)
        known = ledger.known_sources(self.storage, self.node, old)
        return [name for name in old if name not in known or self._stays(known[name])]

    def _stays(self, entry: RecordingEntry) -> bool:
        return entry.state is RecordingState.READY and not self._remove(entry)

    def _remove_parts(self, now: datetime) -> None:
        for part in abandoned_parts(self.store):
            if _age(part, now) > ORPHAN_AFTER_SECONDS:
                part.unlink(missing_ok=True)


def _age(file: Path, now: datetime) -> float:
    """Seconds since the last writing; 0 for a file that has just gone."""
    try:
        return now.timestamp() - file.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _left_over(names: list[str]) -> Reason | None:
    if not names:
        return None
    return because("recordings.left_over", count=len(names), files=tuple(names[:3]))


def _later(entry: RecordingEntry, problem: Reason, at: datetime) -> RecordingEntry:
    """Tried again without end: the fault lies with the store, not with this recording."""
    return replace(entry, next_attempt_at=at, problem=problem)


def _unexpected(entry: RecordingEntry, error: Exception, now: datetime) -> RecordingEntry:
    attempts, problem = entry.attempts + 1, broken(error)
    if attempts >= ATTEMPTS:
        return replace(entry, state=RecordingState.FAILED, attempts=attempts, next_attempt_at=None, problem=problem)
    return replace(entry, attempts=attempts, next_attempt_at=now + UNEXPECTED_RETRY, problem=problem)
