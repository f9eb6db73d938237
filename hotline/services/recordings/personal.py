"""G3: recordings and what was said in them, in a person's copy. They go before all else, by their term (E2)."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.retention.privacy import KeptCall, Person
from hotline.domain.time import SHANGHAI
from hotline.services.personal import Copied, CopyFile, Copying, PersonalPart
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Transaction


class Recordings(PersonalPart[KeptCall]):
    name, place = "recordings", 70
    readme = ("recordings 文件夹 录音（WAV）", "recordings: the sound (WAV)")

    def find(self, tx: Transaction, person: Person) -> Sequence[KeptCall]:
        return [call for call in person.calls if call.recordings]

    def copy(self, tx: Transaction, found: Sequence[KeptCall], copying: Copying) -> Copied:
        files: list[CopyFile] = []
        of_calls: dict[int, dict[str, object]] = {}
        for call in copying.person.calls:
            sounds = {each.id: _file(call, each) for each in call.recordings if each.state is RecordingState.READY}
            files += sounds.values()
            of_calls[call.id] = {"recordings": [_entry(tx, each, sounds.get(each.id)) for each in call.recordings]}
        return Copied(of_calls=of_calls, files=files)


def _file(call: KeptCall, entry: RecordingEntry) -> CopyFile:
    name = f"recordings/{entry.started_at.astimezone(SHANGHAI):%Y%m%d-%H%M%S}_call{call.id}_{entry.id}.wav"
    return CopyFile(name, entry.path, sound=True)


def _entry(tx: Transaction, entry: RecordingEntry, file: CopyFile | None) -> dict[str, object]:
    said = [part.text for part in TranscriptStore(tx).of(entry.id or 0) if part.text] if file else []
    return {
        "kind": entry.kind,
        "state": entry.state,
        "seconds": entry.seconds,
        "file": file,
        "sha256": entry.sha256,
        "transcript": said,
    }


PARTS = (Recordings(),)
