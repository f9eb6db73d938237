"""A worker's folders, ledger and store, with recordings that were taken in."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from hotline.domain.recordings.recording import RecordingEntry
from hotline.services.alerts import reason_of
from hotline.services.recordings.files import RecordingFiles
from hotline.storage.alerts import AlertStore
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage
from recordings.conversion import decode, format_of
from recordings.files import FolderFiles
from recordings.finalising import Finaliser
from recordings.sound import Samples
from recordings.worker import Worker
from tests.support import tones
from tests.support.rows import MORNING, a_call, a_recording, a_storage
from tests.support.words import english


class RecordingSite:
    """`finaliser` and `worker` work on it; `now` is their clock."""

    def __init__(
        self, folder: Path, form: str = "flac", files: RecordingFiles | None = None, storage: Storage | None = None
    ) -> None:
        self.folder, self.form, self.now = folder, form, MORNING + timedelta(minutes=5)
        self.incoming, self.store = folder / "incoming", folder / "store"
        for made in (self.incoming, self.store):
            made.mkdir(exist_ok=True)
        self.files: RecordingFiles = files or FolderFiles(self.store)
        self.storage = storage or a_storage(folder)

    @property
    def finaliser(self) -> Finaliser:
        return self.finaliser_on(self.storage)

    def finaliser_on(self, storage: Storage) -> Finaliser:
        return Finaliser(storage, "node1", self.incoming, self.store, self.files, lambda: self.form, lambda: self.now)

    @property
    def worker(self) -> Worker:
        return Worker(
            self.storage,
            "node1",
            self.incoming,
            self.store,
            lambda: 1,
            lambda: self.now,
            lambda *_: None,
            self.finaliser,
        )

    def take_in(
        self, linkedid: str, seconds: float = 1.0, kind: str = "talk", started_at: datetime = MORNING, **call: Any
    ) -> RecordingEntry:
        """A finished call whose recording is in the local store as WAV: the caller 440 Hz, our side 880 Hz."""
        entry = a_recording(linkedid, started_at, kind)
        with self.storage.writing() as tx:
            CallStore(tx).save([a_call(linkedid, started_at, **call)], self.now)
            RecordingStore(tx).announce([entry])
        path = self.incoming / entry.source_file
        if kind == "talk":
            tones.write_raw(path, tones.tone(440, seconds), tones.tone(880, seconds))
        else:
            tones.write_wav(path, tones.tone(440, seconds))
        os.utime(path, (self.now.timestamp() - 60,) * 2)
        self.worker.round()
        return self.row(linkedid, kind)

    def row(self, linkedid: str, kind: str = "") -> RecordingEntry:
        """The one of the call, or of this kind."""
        names = {"talk": f"{linkedid}.raw", "voicemail": f"{linkedid}-voicemail.wav"}
        with self.storage.reading() as tx:
            [entry] = RecordingStore(tx).of_sources("node1", [names[kind]] if kind in names else list(names.values()))
            return entry

    def sound(self, path: str) -> Samples:
        with self.files.open(path) as opened:
            return decode(opened.file.read(), format_of(path))

    def content(self, path: str) -> bytes:
        with self.files.open(path) as opened:
            return opened.file.read()

    def alerts(self) -> dict[tuple[str, str], str]:
        with self.storage.reading() as tx:
            return {(alert.kind, alert.object): english(reason_of(alert)) for alert in AlertStore(tx).open()}

    def local_files(self) -> list[str]:
        """Of the local store, by path; with drafts and marks."""
        return sorted(p.relative_to(self.store).as_posix() for p in self.store.rglob("*") if p.is_file())


def expected_sound(seconds: float = 1.0) -> Samples:
    """What `take_in` records of a talk."""
    return np.stack([tones.tone(440, seconds), tones.tone(880, seconds)], axis=1).astype(np.int16)
