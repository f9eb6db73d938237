"""Finalises a recording: converts the WAV that was taken in to the final format, stores it and chains it.

Every step may be the last one before a crash; doing it again then gives the same. The order that makes it so: the kept
file is complete and proven before it has its name, the row says so only after that, and the WAV goes only after the row
is committed. A mark written before the commit names the WAV, so that one left by a crash in between is found again.
"""

from __future__ import annotations

import logging
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hotline.domain.errors import StorageError, StoreUnavailable
from hotline.domain.reasons import Coded, broken
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.time import Clock
from hotline.services.recordings import finalising as ledger
from hotline.services.recordings.files import RecordingFiles
from hotline.storage.transaction import Storage
from recordings import peaks
from recordings.conversion import SUFFIXES, NotConverted, decode, encode, missing_program
from recordings.files import digest
from recordings.intake import remove_source
from recordings.sound import RATE, Samples, UnreadableSound, read_wav
from recordings.store import PARTS, make_folder, save, sync_folder

log = logging.getLogger(__name__)

#: Folder of marks, in the folder of the WAVs.
MARKS = ".keeping"
#: While the store is away it is asked again so often.
AWAY = timedelta(seconds=10)
#: A mark so old belongs to nobody at work.
MARK_AGE = timedelta(minutes=10)
SWEEP_EVERY = timedelta(hours=1)
#: A draft so old will never be finished.
DRAFT_AGE = timedelta(days=1)
_SPARE_BYTES = 10_000_000
_LENGTHS_DIFFER = 0.1


class CannotKeep(Coded):
    """This recording is not what was taken in; the reason says why."""


class Finaliser:
    """Keeps what one node's worker has taken in from `incoming` into `folder`. `form`: flac, opus or wav; asked for
    each one."""

    def __init__(
        self,
        storage: Storage,
        node: str,
        incoming: Path,
        folder: Path,
        files: RecordingFiles,
        form: Callable[[], str],
        clock: Clock,
    ) -> None:
        self._storage, self._node, self._incoming, self._folder = storage, node, incoming, folder
        self._files, self._form, self._clock = files, form, clock
        self._again_at: datetime | None = None
        self._swept_at: datetime | None = None

    def one(self) -> bool:
        """Keep the newest that waits. False when nothing does, or the store is away."""
        now = self._clock()
        if self._again_at is not None and now < self._again_at:
            return False
        entry = ledger.next_to_keep(self._storage, self._node, now)
        if entry is None:
            return False
        try:
            self._again_at = None
            self.keep(entry)
        except StoreUnavailable as error:
            self._again_at = now + AWAY
            ledger.store_is_away(self._storage, self._node, error.reason, now)
            return False
        except StorageError:
            raise
        except Exception as error:  # whatever is wrong with this one, the others must be kept
            if not isinstance(error, (CannotKeep, NotConverted)):
                log.exception("recording %s: unexpected", entry.path)
            ledger.put_off(self._storage, entry, broken(error), now)
        return True

    def keep(self, entry: RecordingEntry) -> None:
        """Raises StoreUnavailable, CannotKeep, NotConverted, StorageError."""
        wav = self._folder / entry.path
        after = self._converted(entry, wav) if wav.is_file() else self._as_it_stands(entry)
        mark = self._mark(entry)
        if ledger.settle(self._storage, entry, after, self._clock()) is None:
            log.info("recording %s was kept by another worker", entry.path)
        self._remove_original(entry.id or 0, entry.path)
        mark.unlink(missing_ok=True)

    def restore(self, entry: RecordingEntry, relative: str) -> None:
        """A recording whose row says it was never taken in (database restored from a backup), though it is kept: back
        to the WAV that it was made of. Raises StoreUnavailable."""
        if not (self._folder / relative).exists() and (found := self._kept_already(relative)):
            save(found[1], self._folder, relative)

    def finish(self) -> None:
        """Remove what a crash left: WAVs of kept recordings, and from time to time the store's own drafts."""
        self._sweep(self._clock())
        folder = self._folder / MARKS
        for mark in folder.iterdir() if folder.is_dir() else ():
            if self._clock().timestamp() - mark.stat().st_mtime > MARK_AGE.total_seconds():
                try:
                    self._remove_original(int(mark.name), mark.read_text("utf-8"))
                except StoreUnavailable as error:
                    log.warning("%s", error)
                    return
                mark.unlink(missing_ok=True)

    def _sweep(self, now: datetime) -> None:
        if self._swept_at is None or now - self._swept_at >= SWEEP_EVERY:
            self._swept_at = now
            try:
                self._files.sweep(now - DRAFT_AGE)
            except StoreUnavailable as error:
                log.warning("%s", error)

    def _converted(self, entry: RecordingEntry, wav: Path) -> RecordingEntry:
        if (found := digest(wav)) != entry.sha256:
            raise CannotKeep("recordings.not_what_was_taken_in", expected=entry.sha256, found=found)
        self._remove_source(entry)
        form = self._form()
        self._require_means(wav, form)
        samples = read_wav(wav)
        path = _kept_path(entry.path, form)
        with self._draft(SUFFIXES[form]) as draft:
            if form == "wav":
                draft = wav
            else:
                encode(samples, form, draft)
            self._files.put(draft, path)
            kept = replace(entry, path=path, size_bytes=draft.stat().st_size, sha256=digest(draft))
        return self._with_peaks(kept, samples)

    def _remove_source(self, entry: RecordingEntry) -> None:
        """What a crash left in the incoming folder: later the WAV is not there any more to compare it with."""
        try:
            remove_source(entry, self._incoming, self._folder)
        except (OSError, StoreUnavailable) as error:
            log.warning("recording %s: its source stays: %s", entry.source_file, error)

    def _as_it_stands(self, entry: RecordingEntry) -> RecordingEntry:
        """The WAV is gone, but what was made of it is there: the row is older than the file (a backup)."""
        found = self._kept_already(entry.path)
        if found is None:
            raise CannotKeep("recordings.taken_in_gone")
        path, samples = found
        seconds = len(samples) / RATE
        if abs(seconds - (entry.seconds or 0)) > _LENGTHS_DIFFER:
            raise CannotKeep(
                "recordings.other_length", file=path, seconds=round(seconds, 1), expected=round(entry.seconds or 0, 1)
            )
        with self._draft(Path(path).suffix) as copy:
            with self._files.open(path) as opened, copy.open("wb") as target:
                shutil.copyfileobj(opened.file, target)
            kept = replace(entry, path=path, size_bytes=copy.stat().st_size, sha256=digest(copy))
        return self._with_peaks(kept, samples)

    def _kept_already(self, relative: str) -> tuple[str, Samples] | None:
        for form in SUFFIXES:
            path = _kept_path(relative, form)
            try:
                with self._files.open(path) as opened:
                    return path, decode(opened.file.read(), form)
            except FileNotFoundError:
                continue
            except UnreadableSound as error:
                raise CannotKeep("recordings.about_file", file=path, why=error.reason) from error
        return None

    def _with_peaks(self, entry: RecordingEntry, samples: Samples) -> RecordingEntry:
        path = peaks.path_of(entry.path)
        with self._draft(".json") as draft:
            draft.write_bytes(peaks.to_json(peaks.peaks(samples)))
            self._files.put(draft, path)
        return replace(entry, peaks_path=path)

    def _require_means(self, wav: Path, form: str) -> None:
        free, wanted = shutil.disk_usage(self._folder).free, 2 * wav.stat().st_size + _SPARE_BYTES
        if missing := missing_program(form):
            raise StoreUnavailable.of(missing)
        if free < wanted:
            raise StoreUnavailable("recordings.no_room_to_convert", free=free // 1_000_000)

    @contextmanager
    def _draft(self, suffix: str) -> Iterator[Path]:
        draft = self._folder / PARTS / f"{uuid.uuid4().hex}{suffix}"
        make_folder(draft.parent)
        try:
            yield draft
        finally:
            draft.unlink(missing_ok=True)

    def _mark(self, entry: RecordingEntry) -> Path:
        mark = self._folder / MARKS / str(entry.id)
        make_folder(mark.parent)
        with mark.open("w", encoding="utf-8") as file:
            file.write(entry.path)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(mark.parent)
        return mark

    def _remove_original(self, recording_id: int, path: str) -> None:
        """The WAV, once the row says that the recording is kept and the store has it elsewhere. Raises
        StoreUnavailable."""
        row = ledger.by_id(self._storage, recording_id)
        if row is None or row.kept_at is None:
            return
        if row.path != path or self._files.lies_beside(self._folder, path):
            (self._folder / path).unlink(missing_ok=True)


def _kept_path(relative: str, form: str) -> str:
    return f"{relative.rsplit('.', 1)[0]}{SUFFIXES[form]}"
