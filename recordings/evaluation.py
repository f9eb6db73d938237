"""Measuring a call by the rules once its recording is in the store, and again once it is transcribed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hotline.domain.recordings.recording import TALK, RecordingEntry
from hotline.domain.time import Clock
from hotline.services.quality.measuring import measure_call
from hotline.services.recordings.files import RecordingFiles
from hotline.services.settings.in_force import SettingsInForce
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage
from recordings.conversion import SUFFIXES, decode, format_of
from recordings.measure import loudness
from recordings.sound import RATE, Samples

#: Twenty minutes: some 40 MB.
_REMEMBERED_SAMPLES = 20 * 60 * RATE


@dataclass(frozen=True)
class Evaluation:
    storage: Storage
    in_force: SettingsInForce
    clock: Clock

    def measure(self, entry: RecordingEntry, sound: Samples) -> None:
        """Write down what the rules find in its call, as far as is known now."""
        if entry.kind != TALK:
            return
        levels = loudness(sound)
        with self.storage.writing() as tx:
            stored = CallStore(tx).stored(entry.node, entry.linkedid)
            if stored is not None:
                # By the figures of then: a change changes no verdict of before.
                measure_call(tx, self.in_force.at(stored.call.started_at), stored, levels, self.clock())


def sound_reader(files: RecordingFiles) -> Callable[[RecordingEntry], Samples]:
    """Reads recordings of the store, whatever their format. Its function raises OSError, Unreadable, StoreUnavailable.

    One that was brought into its final form since its row was read is found all the same.
    """

    def read(entry: RecordingEntry) -> Samples:
        later = [f"{entry.path.rsplit('.', 1)[0]}{suffix}" for suffix in SUFFIXES.values()]
        for path in (entry.path, *(path for path in later if path != entry.path)):
            try:
                with files.open(path) as opened:
                    return decode(opened.file.read(), format_of(path))
            except FileNotFoundError:
                continue
        raise FileNotFoundError(f"No such file in the store: {entry.path}")

    return read


def read_once(read: Callable[[RecordingEntry], Samples]) -> Callable[[RecordingEntry], Samples]:
    """The same for one thread that reads a recording for each side of it, one after the other: it is decoded once. What
    is longer than usual is not kept in memory."""
    latest: dict[tuple[str, str], Samples] = {}

    def again(entry: RecordingEntry) -> Samples:
        key = (entry.path, entry.sha256)
        if key not in latest:
            latest.clear()
            sound = read(entry)
            if len(sound) > _REMEMBERED_SAMPLES:
                return sound
            latest[key] = sound
        return latest[key]

    return again
