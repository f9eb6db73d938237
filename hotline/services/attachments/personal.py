"""G3: attachments in a person's copy and deletion. They go with what they are attached to."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.attachments.attachment import Attachment
from hotline.domain.retention.privacy import CallKey, Person
from hotline.services.attached import attached_to
from hotline.services.personal import Copied, CopyColumn, CopyFile, Copying, Erasing, PersonalPart, csv_of, json_of
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.transaction import Transaction


class Attachments(PersonalPart[tuple[CallKey, Attachment]]):
    """What is found are attachments, each with the call because of which its object was written."""

    name, place = "attachments", 75
    readme = ("attachments 文件夹与 attachments.csv 附件", "attachments and attachments.csv: the files that they sent")
    columns = (*map(CopyColumn, ("name", "type", "size_bytes", "sha256", "created_at")),)

    def find(self, tx: Transaction, person: Person) -> Sequence[tuple[CallKey, Attachment]]:
        found = []
        for told in attached_to().values():
            calls = {object_id: call.key for call in person.calls for object_id in told.of_call(call)}
            found += [(calls[each.object_id], each) for each in AttachmentStore(tx).of(told.kind, calls)]
        return found

    def copy(self, tx: Transaction, found: Sequence[tuple[CallKey, Attachment]], copying: Copying) -> Copied:
        rows = [each for _call, each in found]
        files = [CopyFile(f"attachments/{each.id}_{each.download_name}", each.path) for each in rows]
        whole = [{**row, "file": file} for row, file in zip(json_of(self.columns, rows), files, strict=True)]
        return Copied(*csv_of(self.columns, rows), whole, files=files)

    def erase(self, tx: Transaction, found: Sequence[tuple[CallKey, Attachment]], erasing: Erasing) -> int:
        """Their files go with the next sweep, within minutes."""
        going = [each.id for call, each in found if call in erasing.going_keys]
        return AttachmentStore(tx).remove(going, erasing.actor.name, erasing.now)


PARTS = (Attachments(),)
