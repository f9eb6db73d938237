"""Verifying the store: every file against its entry, every entry against the chain, and files that no entry knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import PurePosixPath

from hotline.domain.reasons import because
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.recordings.trouble import Link, Trouble, TroubleKind, follow
from hotline.domain.time import SHANGHAI, Clock
from hotline.services.attachments.attachments import FOLDER as ATTACHMENTS
from hotline.services.recordings.files import RecordingFiles, StoredFile
from hotline.storage.recordings.kept import KeptRecordingStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.retention.deletions import DeletionStore
from hotline.storage.transaction import Storage
from recordings.files import digest_of
from recordings.store import relative_path

_BATCH = 200
#: One kept so short a time ago may still have its WAV beside it.
_JUST_KEPT = timedelta(minutes=15)
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"


@dataclass
class VerificationReport:
    """`files` were read, of which `chained` have their place in a chain; `newest`: the end of the last chain."""

    files: int = 0
    chained: int = 0
    newest: Link = field(default_factory=Link)
    troubles: list[Trouble] = field(default_factory=list)


@dataclass(frozen=True)
class Verifier:
    """Reads the store as one node sees it: of what is not kept yet, only that node's."""

    storage: Storage
    files: RecordingFiles
    node: str
    clock: Clock

    def total(self, since_day: str = FIRST_DAY, until_day: str = LAST_DAY) -> int:
        """How many entries `verify` will look at."""
        with self.storage.reading() as tx:
            return KeptRecordingStore(tx).count(since_day, until_day) + KeptRecordingStore(tx).waiting(self.node)

    def verify(
        self, since_day: str = FIRST_DAY, until_day: str = LAST_DAY, step: Callable[[], object] = lambda: None
    ) -> VerificationReport:
        """[`since_day`, `until_day`) by the day of keeping, for extra files by the call's. `step` is called after each
        entry. Raises StoreUnavailable, StorageError."""
        report = VerificationReport()
        for entry in self._chained(since_day, until_day):
            report.newest, broken = follow(report.newest, entry)
            report.chained += 1
            report.troubles += broken
            self._read(entry, report)
            step()
        for entry in self._waiting():
            self._read(entry, report)
            step()
        report.troubles += self._extra(since_day, until_day)
        return report

    def extra(self) -> Iterator[Trouble]:
        """All files of the store that no entry knows."""
        return self._extra(FIRST_DAY, LAST_DAY)

    def read(self, entry: RecordingEntry) -> list[Trouble]:
        """What is wrong with this one's file, as its row now is."""
        report = VerificationReport()
        self._read(entry, report)
        return report.troubles

    def _chained(self, since_day: str, until_day: str) -> Iterator[RecordingEntry]:
        after = ("", 0)
        while True:
            with self.storage.reading() as tx:
                batch = KeptRecordingStore(tx).chained(since_day, until_day, after, _BATCH)
            yield from batch
            if len(batch) < _BATCH:
                return
            after = (batch[-1].chain_day or "", batch[-1].chain_number or 0)

    def _waiting(self) -> Iterator[RecordingEntry]:
        after = 0
        while True:
            with self.storage.reading() as tx:
                batch = KeptRecordingStore(tx).not_kept(self.node, after, _BATCH)
            yield from batch
            if len(batch) < _BATCH:
                return
            after = batch[-1].id or 0

    def _read(self, entry: RecordingEntry, report: VerificationReport) -> None:
        """Deleted ones have their entry still, and no file: the register of deletions must know them."""
        if entry.state is RecordingState.DELETED:
            report.troubles += self._unregistered(entry)
        if entry.state is not RecordingState.READY:
            return
        report.files += 1
        trouble = self._trouble_of(entry)
        if trouble is not None:
            with self.storage.reading() as tx:
                now = RecordingStore(tx).by_id(entry.id or 0)
            if now is not None and (now.state, now.path, now.sha256) != (entry.state, entry.path, entry.sha256):
                # Kept or deleted meanwhile.
                trouble = self._trouble_of(now) if now.state is RecordingState.READY else None
        if trouble is not None:
            report.troubles.append(trouble)

    def _unregistered(self, entry: RecordingEntry) -> Iterator[Trouble]:
        with self.storage.reading() as tx:
            found = DeletionStore(tx).of(entry.id or 0)
        if found is None or found.sha256 != entry.sha256:
            wanted = because("recordings.registered", sha256=entry.sha256)
            known = (
                because("recordings.registered", sha256=found.sha256) if found else because("recordings.not_registered")
            )
            yield Trouble(TroubleKind.UNREGISTERED, entry.path, wanted, known, entry.id)

    def _trouble_of(self, entry: RecordingEntry) -> Trouble | None:
        wanted = because("recordings.content", bytes=entry.size_bytes, sha256=entry.sha256)
        try:
            with self.files.open(entry.path) as opened:
                size, digest = opened.size_bytes, digest_of(opened.file)
        except FileNotFoundError:
            return Trouble(TroubleKind.MISSING, entry.path, wanted, because("recordings.no_file"), entry.id)
        except OSError as error:
            why = because("recordings.unreadable", why=error.strerror or str(error))
            return Trouble(TroubleKind.UNREADABLE, entry.path, wanted, why, entry.id)
        if digest == entry.sha256:
            return None
        shorter = entry.size_bytes is not None and size < entry.size_bytes
        kind = TroubleKind.TRUNCATED if shorter else TroubleKind.CHANGED
        return Trouble(kind, entry.path, wanted, because("recordings.content", bytes=size, sha256=digest), entry.id)

    def _extra(self, since_day: str, until_day: str) -> Iterator[Trouble]:
        for folder, group in groupby(self.files.walk(), key=lambda file: str(PurePosixPath(file.path).parent)):
            listed = list(group)  # before the rows are read: what comes meanwhile has its row by then
            if folder.split("/")[0] == ATTACHMENTS:  # they have rows of their own, and are compared with these
                continue
            day = folder.replace("/", "-")
            if not since_day <= day < until_day and (since_day, until_day) != (FIRST_DAY, LAST_DAY):
                continue
            paths, stems = self._known(day)
            for file in listed:
                if file.path not in paths and _stem(file.path) not in stems:
                    yield _extra(file)

    def _known(self, day: str) -> tuple[set[str], set[str]]:
        """Paths of that day's files, and what the names begin with of those that are being brought in or kept."""
        try:
            begin = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=SHANGHAI)
        except ValueError:
            return set(), set()
        with self.storage.reading() as tx:
            rows = KeptRecordingStore(tx).started_within(begin, begin + timedelta(days=1))
        lately = self.clock() - _JUST_KEPT
        present = [row for row in rows if row.state in (RecordingState.READY, RecordingState.PENDING)]
        paths = {path for row in present for path in (row.path, row.peaks_path) if path}
        return paths, {_stem(relative_path(row)) for row in present if row.kept_at is None or row.kept_at > lately}


def _stem(path: str) -> str:
    for suffix in (".peaks.json", ".wav", ".flac", ".opus"):
        if path.endswith(suffix):
            return path.removesuffix(suffix)
    return path


def _extra(file: StoredFile) -> Trouble:
    wanted = because("recordings.known_by_none")
    return Trouble(TroubleKind.EXTRA, file.path, wanted, because("recordings.of_size", bytes=file.size_bytes))
