"""Files that are attached to something: a photograph or a document that a caller sent.

The row is written first, then the file, then that it is whole: what a crash leaves is known by its row, and swept away.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from hotline.domain.attachments.attachment import Attachment
from hotline.domain.attachments.names import clean_name
from hotline.domain.errors import Forbidden, NotFound, Refused, StoreUnavailable
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason
from hotline.domain.time import SHANGHAI
from hotline.services.attached import AttachedTo, Require, attached_to
from hotline.services.attachments.staging import Staged, staged, sweep_staging
from hotline.services.looks import note_look
from hotline.services.recordings.files import RecordingFiles
from hotline.settings import Home, Settings
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction

#: Below the recordings' store.
FOLDER = "attachments"

#: Nothing is on its way in for longer.
ABANDONED_AFTER = timedelta(hours=1)

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it is sent."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of the files that were sent: `refused` by their names."""

    kept: Sequence[Attachment]
    refused: Sequence[tuple[str, Reason]]


@dataclass(frozen=True, slots=True)
class Attachments:
    """What whoever looks at an object sees of its attachments: `hidden` are not theirs to see."""

    shown: Sequence[Attachment]
    hidden: int
    may_add: bool


def attachments_of(tx: Transaction, kind: str, object_id: int, actor: Actor, now: datetime) -> Attachments:
    """For the page of an object that there is."""
    told = _told(kind)
    there = AttachmentStore(tx).of(kind, [object_id])
    may_see = _may(told.require_see, tx, object_id, actor, now)
    return Attachments(
        there if may_see else (), 0 if may_see else len(there), _may(told.require_add, tx, object_id, actor, now)
    )


def attach(
    storage: Storage,
    files: RecordingFiles,
    home: Home,
    settings: Settings,
    kind: str,
    object_id: int,
    uploads: Sequence[Upload],
    actor: Actor,
    now: datetime,
) -> Attached:
    """Each file for itself: one that is refused keeps no other out. Raises NotFound, Forbidden, Refused for too many,
    StoreUnavailable."""
    with storage.reading() as tx:
        _told(kind).require_add(tx, object_id, actor, now)
    return keep_uploads(storage, files, home, settings, kind, object_id, uploads, actor.name, now)


def keep_uploads(
    storage: Storage,
    files: RecordingFiles,
    home: Home,
    settings: Settings,
    kind: str,
    object_id: int,
    uploads: Sequence[Upload],
    by: str,
    now: datetime,
) -> Attached:
    """As `attach`, by somebody of whom the caller has made sure: who came by a link, say. Raises Refused for too many,
    StoreUnavailable."""
    if len(uploads) > settings.attachments.at_once:
        raise Refused("attachments.too_many", most=settings.attachments.at_once)
    kept: list[Attachment] = []
    refused: list[tuple[str, Reason]] = []
    for each in uploads:
        name = clean_name(each.name)
        try:
            with staged(home, settings.attachments, each.stream) as file:
                kept.append(_kept(storage, files, file, kind, object_id, name, by, now))
        except Refused as error:
            refused.append((name, error.reason))
    return Attached(kept, refused)


def look_at_attachment(storage: Storage, attachment_id: int, actor: Actor, now: datetime) -> Attachment:
    """One to be downloaded; that it was stands in the audit log (F8). Raises NotFound, Forbidden."""
    with storage.reading() as tx:
        found = _read(tx, attachment_id)
        _told(found.kind).require_see(tx, found.object_id, actor, now)
    note_look(storage, actor, now, "attachment.download", found.object, _detail(found))
    return found


def remove_attachment(
    storage: Storage, kind: str, object_id: int, attachment_id: int, actor: Actor, now: datetime
) -> None:
    """It is shown no more; its file goes with the next sweep. Raises NotFound, Forbidden."""
    with storage.writing() as tx:
        found = _read(tx, attachment_id)
        if (found.kind, found.object_id) != (kind, object_id):
            raise NotFound("attachments.none", id=attachment_id)
        _told(kind).require_add(tx, object_id, actor, now)
        AttachmentStore(tx).remove([found.id], actor.name, now)
        AuditLog(tx).add(now, actor.name, "attachment.remove", found.object, _detail(found))


def sweep(storage: Storage, files: RecordingFiles, home: Home, now: datetime) -> int:
    """Remove the files of all that was removed or never became whole; how many. Raises StoreUnavailable."""
    sweep_staging(home, now - ABANDONED_AFTER)
    with storage.reading() as tx:
        going = AttachmentStore(tx).going(now - ABANDONED_AFTER, _AT_ONCE)
    for each in going:
        files.remove(each.path)
        with storage.writing() as tx:
            AttachmentStore(tx).forget(each.id)
    return len(going)


def _kept(
    storage: Storage, files: RecordingFiles, file: Staged, kind: str, object_id: int, name: str, by: str, now: datetime
) -> Attachment:
    """The same bytes at the same object are kept once: a form that is sent twice adds nothing, nor one that is sent
    twice at once."""
    path = f"{FOLDER}/{now.astimezone(SHANGHAI):%Y/%m}/{uuid.uuid4().hex}"
    with storage.writing() as tx:
        new = Attachment(kind, object_id, name, file.type, file.size_bytes, file.sha256, path, now, by)
        if there := AttachmentStore(tx).whole_like(new):
            return there
        added = AttachmentStore(tx).add(new)
    try:
        files.put(file.file, path)
    except StoreUnavailable:
        with storage.writing() as tx:
            AttachmentStore(tx).forget(added.id)
        raise
    with storage.writing() as tx:
        there = AttachmentStore(tx).whole_like(added)
        if there is None:
            AttachmentStore(tx).keep(added.id, now)
            AuditLog(tx).add(now, by, "attachment.add", added.object, _detail(added))
            return added
    files.remove(path)
    with storage.writing() as tx:
        AttachmentStore(tx).forget(added.id)
    return there


def _told(kind: str) -> AttachedTo:
    return attached_to()[kind]


def _read(tx: Transaction, attachment_id: int) -> Attachment:
    found = AttachmentStore(tx).by_id(attachment_id) if is_id(attachment_id) else None
    if found is None:
        raise NotFound("attachments.none", id=attachment_id)
    return found


def _may(require: Require, tx: Transaction, object_id: int, actor: Actor, now: datetime) -> bool:
    try:
        require(tx, object_id, actor, now)
    except Forbidden:
        return False
    return True


def _detail(each: Attachment) -> str:
    """Without its name, which may be a person's."""
    return f"attachment {each.id} {each.type} {each.size_bytes} {each.sha256}"
