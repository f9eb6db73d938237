"""Attachments as they are stored, on both databases."""

from __future__ import annotations

from datetime import timedelta

from hotline.domain.attachments.attachment import Attachment
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

HOUR = timedelta(hours=1)


def test_an_attachment_is_brought_in_there_removed_and_forgotten(storage: Storage) -> None:
    with storage.writing() as tx:
        store = AttachmentStore(tx)
        first, second = (
            store.add(Attachment("form", n, f"{n}.png", "image/png", 9, "a" * 64, f"attachments/{n}", MORNING, "zhao"))
            for n in (1, 2)
        )
        assert store.of("form", [1, 2]) == [] and store.by_id(first.id) is None, "they are not whole yet"
        assert store.paths() == {"attachments/1", "attachments/2"}
        assert store.going(MORNING, 9) == [] and len(store.going(MORNING + HOUR, 9)) == 2
        store.keep(first.id, MORNING)
        store.keep(second.id, MORNING)
        assert [each.object for each in store.of("form", [1, 2])] == ["form:1", "form:2"]
        assert store.of("case", [1, 2]) == [] and store.going(MORNING + HOUR, 9) == []
        assert [each.id for each in store.there_beyond(first.id, 9)] == [second.id]
        assert store.remove([first.id], "boss", MORNING) == 1 and store.remove([first.id], "boss", MORNING) == 0
        [going] = store.going(MORNING, 9)
        assert (going.id, going.name, going.removed_by) == (first.id, "", "boss")
        store.forget(first.id)
        assert store.paths() == {"attachments/2"}
