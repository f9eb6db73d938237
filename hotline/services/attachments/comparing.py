"""E2: attachments and their files, for the daily reconciliation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from hotline.domain.attachments.attachment import Attachment
from hotline.domain.reasons import Reason, because
from hotline.domain.retention.reconciliation import Difference, Discrepancy
from hotline.services.attachments.attachments import FOLDER
from hotline.services.recordings.files import RecordingFiles
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.transaction import Storage

_AT_ONCE = 200
_BLOCK = 1 << 20


def attachment_differences(
    storage: Storage, files: RecordingFiles, today: date, whole_days: int, whole: bool = False
) -> Iterator[Discrepancy]:
    """Files that are missing, changed, or known by no row. Each is read once within `whole_days`; `whole`: now. Raises
    StoreUnavailable."""
    # Before the rows: a row is there before its file.
    listed = {file.path: file.size_bytes for file in files.walk(FOLDER)}
    with storage.reading() as tx:
        known = AttachmentStore(tx).paths()
    for path in sorted(listed.keys() - known):
        found = because("recordings.of_size", bytes=listed[path])
        yield Discrepancy(Difference.NO_ENTRY, path, found)
    for each in _there(storage):
        read = whole or (each.id + today.toordinal()) % whole_days == 0
        if (each.path not in listed or read) and (found_wrong := _wrong(storage, files, each)):
            yield found_wrong


def _there(storage: Storage) -> Iterator[Attachment]:
    after = 0
    while True:
        with storage.reading() as tx:
            batch = AttachmentStore(tx).there_beyond(after, _AT_ONCE)
        yield from batch
        if len(batch) < _AT_ONCE:
            return
        after = batch[-1].id


def _wrong(storage: Storage, files: RecordingFiles, each: Attachment) -> Discrepancy | None:
    """None also for one that was removed meanwhile."""
    try:
        with files.open(each.path) as opened:
            hashed = hashlib.sha256()
            while block := opened.file.read(_BLOCK):
                hashed.update(block)
        digest = hashed.hexdigest()
        if digest == each.sha256:
            return None
        kind, found = Difference.CHANGED, because("recordings.content", bytes=opened.size_bytes, sha256=digest)
    except FileNotFoundError:
        kind, found = Difference.NO_FILE, because("recordings.no_file")
    with storage.reading() as tx:
        if AttachmentStore(tx).by_id(each.id) is None:
            return None
    return Discrepancy(kind, each.path, _differs(each, found))


def _differs(each: Attachment, found: Reason) -> Reason:
    wanted = because("recordings.content", bytes=each.size_bytes, sha256=each.sha256)
    return because("recordings.differs", expected=wanted, found=found)
