"""The daily reconciliation: the store's files against the entries, and a part of them read anew each night (E2, E4)."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from hotline.domain.calendar import local_day
from hotline.domain.reasons import because
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.recordings.trouble import Trouble, TroubleKind
from hotline.domain.retention.reconciliation import NAMED, Difference, Discrepancy, Rotation, StoreCheck, share
from hotline.domain.time import Clock, midnight
from hotline.services.attachments.comparing import attachment_differences
from hotline.services.recordings.files import RecordingFiles
from hotline.services.retention import reconciliation as ledger
from hotline.settings import Settings
from hotline.storage.recordings.kept import KeptRecordingStore
from hotline.storage.retention.store_checks import StoreCheckStore
from hotline.storage.transaction import Storage
from recordings.verification import Verifier

_BATCH = 200


@dataclass
class _Tally:
    """`told`: recordings whose file was found missing or wrong; of these only the first are named in `found`."""

    counts: Counter[Difference] = field(default_factory=Counter)
    found: list[Discrepancy] = field(default_factory=list)
    told: set[int | None] = field(default_factory=set)
    files: int = 0
    stored_bytes: int = 0
    entries: int = 0
    read: int = 0

    def add(self, found: Discrepancy) -> None:
        self.counts[found.kind] += 1
        if self.counts[found.kind] <= NAMED:
            self.found.append(found)


@dataclass(frozen=True)
class Reconciler:
    """`folder`: on the disk whose trend is watched."""

    storage: Storage
    files: RecordingFiles
    folder: Path
    settings: Settings
    clock: Clock

    def reconcile(self, step: Callable[[], object] = lambda: None, whole: bool = False) -> StoreCheck:
        """Look at everything, and read the part whose turn it is; `whole`: read all. `step` is called after each file
        that was read. Nothing is written down yet. Raises StoreUnavailable, StorageError."""
        now, tally = self.clock(), _Tally()
        node, enabled = self.settings.site.node, self.settings.recording.enabled
        terms = self.settings.reconciliation
        for kind, count, found in ledger.ledger_differences(self.storage, node, terms, enabled, now):
            tally.counts[kind] = count
            tally.found += found
        self._without_files(tally)
        for trouble in self._verifier.extra():
            tally.add(Discrepancy(Difference.NO_ENTRY, trouble.path, trouble.found))
        days = self.settings.reconciliation.whole_days
        for found_wrong in attachment_differences(self.storage, self.files, local_day(now), days, whole):
            tally.add(found_wrong)
        rotation = self._read_part(tally, local_day(now), step, whole)
        disk = shutil.disk_usage(self.folder)
        return StoreCheck(
            now,
            self.settings.site.node,
            dict(tally.counts),
            tuple(tally.found),
            tally.entries,
            tally.files,
            tally.read,
            tally.stored_bytes,
            disk.free,
            disk.total,
            rotation,
        )

    def part(self, today: date) -> tuple[Rotation, int]:
        """Where reading goes on, and how many are read: the whole store within the days that are set."""
        with self.storage.reading() as tx:
            latest = StoreCheckStore(tx).latest(self.settings.site.node)
            rotation = latest.rotation if latest and latest.rotation.begun != date.min else Rotation(0, today)
            left = StoreCheckStore(tx).count_kept_beyond(rotation.read_to)
            if not left:
                rotation = Rotation(0, today)
                left = StoreCheckStore(tx).count_kept_beyond(0)
        return rotation, share(left, self.settings.reconciliation.whole_days, (today - rotation.begun).days)

    @property
    def _verifier(self) -> Verifier:
        return Verifier(self.storage, self.files, self.settings.site.node, self.clock)

    def _read_part(self, tally: _Tally, today: date, step: Callable[[], object], whole: bool) -> Rotation:
        rotation, wanted = self.part(today)
        read_to = 0 if whole else rotation.read_to
        for entry in self._kept(read_to, None if whole else wanted):
            for trouble in self._verifier.read(entry) if entry.id not in tally.told else ():
                self._tell(tally, entry, trouble)
            tally.read += 1
            read_to = entry.id or 0
            step()
        return Rotation(read_to, today if whole else rotation.begun)

    def _kept(self, after: int, wanted: int | None) -> Iterator[RecordingEntry]:
        while wanted is None or wanted > 0:
            limit = _BATCH if wanted is None else min(_BATCH, wanted)
            with self.storage.reading() as tx:
                batch = StoreCheckStore(tx).kept_beyond(after, limit)
            yield from batch
            if len(batch) < limit:
                return
            after = batch[-1].id or 0
            wanted = wanted - limit if wanted is not None else None

    def _without_files(self, tally: _Tally) -> None:
        """Day by day, as the files lie: the list of one day is all that is held."""
        with self.storage.reading() as tx:
            ends = StoreCheckStore(tx).first_and_last()
        day, last = (local_day(ends[0]), local_day(ends[1])) if ends else (date.max, date.min)
        while day <= last:
            # Before the rows: a row whose file comes meanwhile is asked for again below.
            listed = {file.path: file.size_bytes for file in self.files.walk(f"{day:%Y/%m/%d}")}
            tally.files += len(listed)
            tally.stored_bytes += sum(listed.values())
            for entry in self._ready(midnight(day), midnight(day + timedelta(days=1))):
                tally.entries += 1
                if entry.path not in listed:
                    self._missing(tally, entry)
            day += timedelta(days=1)

    def _ready(self, since: datetime, until: datetime) -> list[RecordingEntry]:
        with self.storage.reading() as tx:
            rows = KeptRecordingStore(tx).started_within(since, until)
        return [row for row in rows if row.state is RecordingState.READY and row.kept_at is not None]

    def _missing(self, tally: _Tally, entry: RecordingEntry) -> None:
        """Looked for itself: its path may be of another day, and it may have been kept or deleted meanwhile."""
        for trouble in self._verifier.read(entry):
            self._tell(tally, entry, trouble)

    def _tell(self, tally: _Tally, entry: RecordingEntry, trouble: Trouble) -> None:
        kind = Difference.NO_FILE if trouble.kind is TroubleKind.MISSING else Difference.CHANGED
        with self.storage.reading() as tx:
            call_id = StoreCheckStore(tx).call_ids([entry]).get(entry.id or 0)
        tally.told.add(entry.id)
        tally.add(
            Discrepancy(
                kind,
                trouble.path,
                because("recordings.differs", expected=trouble.expected, found=trouble.found),
                call_id,
                entry.id,
            )
        )
