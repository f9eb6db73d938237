"""Bringing a recording back from a disc: into the store, where it is lost or damaged there, or into a folder."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hotline.domain.errors import NotFound, Refused
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.retention.archive import Disc
from hotline.domain.time import Clock
from hotline.services.recordings.files import RecordingFiles
from hotline.services.retention.archive import discs_of, find_disc
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage
from recordings import peaks
from recordings.archive.image import open_image
from recordings.archive.reading import content, image_of, label_of
from recordings.conversion import decode, format_of
from recordings.files import digest_of
from recordings.store import PARTS, make_folder


class Sound(Refused):
    """What is in the store is good: there is nothing to bring back."""


@dataclass(frozen=True)
class Restorer:
    """`drafts`: a folder of this machine for the file on its way."""

    storage: Storage
    files: RecordingFiles
    drafts: Path
    clock: Clock
    who: str

    def into_store(self, entry: RecordingEntry, image: Path | None, key: bytes | None) -> str:
        """The label of the disc it came from. Raises NotFound (on no disc), Sound, Refused (the disc's is not what the
        ledger has; deleted), StoreUnavailable."""
        _require_kept(entry)
        if self._is_good(entry):
            raise Sound("retention.store_is_sound", id=entry.id)
        with self._fetched(entry, image, key) as (draft, label):
            self._put(entry, draft)
            self._outline(entry, draft)
            with self.storage.writing() as tx:
                AuditLog(tx).add(self.clock(), self.who, "archive.restore", *_told(entry, label))
        return label

    def _put(self, entry: RecordingEntry, sound: Path) -> None:
        self.files.put(sound, entry.path)
        if not self._is_good(entry):  # a damaged one, kept here before the store was another place, is found first
            self.files.remove(entry.path)
            self.files.put(sound, entry.path)

    def into_folder(self, entry: RecordingEntry, folder: Path, image: Path | None, key: bytes | None) -> Path:
        """The file written there; none is overwritten. Raises as `into_store`, and OSError."""
        _require_kept(entry)
        target = folder / PurePosixPath(entry.path).name
        if target.exists():
            raise Refused("retention.file_there", file=str(target))
        folder.mkdir(parents=True, exist_ok=True)
        with self._fetched(entry, image, key, folder) as (draft, label):
            with self.storage.writing() as tx:
                AuditLog(tx).add(self.clock(), self.who, "archive.export", *_told(entry, label))
            os.link(draft, target)
        return target

    def _outline(self, entry: RecordingEntry, sound: Path) -> None:
        """Made anew where it is lost too; it is on no disc."""
        try:
            with self.files.open(entry.peaks_path):
                return
        except FileNotFoundError:
            if not entry.peaks_path:
                return
        outline = sound.with_suffix(".json")
        try:
            samples = decode(sound.read_bytes(), format_of(entry.path))
            outline.write_bytes(peaks.to_json(peaks.peaks(samples)))
            self.files.put(outline, entry.peaks_path)
        finally:
            outline.unlink(missing_ok=True)

    def _is_good(self, entry: RecordingEntry) -> bool:
        try:
            with self.files.open(entry.path) as opened:
                return digest_of(opened.file) == entry.sha256
        except OSError:  # none there, or it cannot be read
            return False

    @contextmanager
    def _fetched(
        self, entry: RecordingEntry, image: Path | None, key: bytes | None, folder: Path | None = None
    ) -> Iterator[tuple[Path, str]]:
        disc, file = self._disc(entry, image)
        if disc.encrypted and key is None:
            raise Refused("retention.disc_sealed", disc=disc.label)
        draft = (folder or self.drafts / PARTS) / f".{uuid.uuid4().hex}"
        make_folder(draft.parent)
        try:
            self._copy(entry, disc, file, key if disc.encrypted else None, draft)
            yield draft, disc.label
        finally:
            draft.unlink(missing_ok=True)

    def _disc(self, entry: RecordingEntry, image: Path | None) -> tuple[Disc, Path]:
        discs = discs_of(self.storage, [entry.id or 0]).get(entry.id or 0, [])
        if not discs:
            raise NotFound("retention.on_no_disc", id=entry.id)
        if image is not None:
            label = label_of(image)
            for disc in discs:
                if disc.label == label:
                    return disc, image
            raise Refused(
                "retention.other_disc", image=str(image), disc=label, id=entry.id, discs=tuple(d.label for d in discs)
            )
        for disc in discs:
            if Path(disc.file).exists():
                return disc, Path(disc.file)
        return discs[0], image_of(self.storage, discs[0].label)

    def _copy(self, entry: RecordingEntry, disc: Disc, file: Path, key: bytes | None, draft: Path) -> None:
        [item] = [item for item in find_disc(self.storage, disc.label)[1] if item.recording_id == entry.id]
        digest = hashlib.sha256()
        try:
            with open_image(file) as reader, draft.open("xb") as opened:
                for block in content(reader, item.path, key):
                    digest.update(block)
                    opened.write(block)
        except FileNotFoundError:
            raise Refused("retention.not_on_disc", path=item.path, file=str(file), disc=disc.label) from None
        if digest.hexdigest() != entry.sha256:
            raise Refused(
                "retention.disc_differs",
                path=item.path,
                disc=disc.label,
                expected=entry.sha256,
                found=digest.hexdigest(),
            )


def _told(entry: RecordingEntry, label: str) -> tuple[str, str]:
    """Object and detail for the audit log."""
    return f"recording:{entry.id}", f"call {entry.node}/{entry.linkedid}, from {label}"


def _require_kept(entry: RecordingEntry) -> None:
    if entry.state is not RecordingState.READY or not entry.sha256:
        raise Refused("retention.not_kept", id=entry.id, state=entry.state.value)
