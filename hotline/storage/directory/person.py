"""G3: what messages for people of the directory hold of who left them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from hotline.domain.batches import batches
from hotline.domain.directory.directory import DirectoryMessage
from hotline.domain.persons import Whose
from hotline.storage.directory.store import message_of
from hotline.storage.directory.tables import directory_message, directory_person
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.transaction import TableStore
from hotline.storage.whose import theirs_by_form

COLUMNS = (
    PersonalTable(
        directory_person,
        nothing={
            Holds.STAFF: "name department job_title number mail note updated_by",
            Holds.SETTING: "subjects regions",
        },
    ),
    PersonalTable(
        directory_message,
        part="messages",
        copied="caller_name caller_number text passed_on_note",
        erased="caller_name caller_number text passed_on_note",
        nothing={Holds.ID: "node linkedid", Holds.STAFF: "left_by passed_on_by"},
    ),
)


class PersonMessageStore(TableStore):
    def of(self, whose: Whose) -> list[DirectoryMessage]:
        """Newest first."""
        left = directory_message.c
        wanted = theirs_by_form(directory_message, left.caller_number, whose)
        return [message_of(row) for row in self._connection.execute(wanted.order_by(left.left_at.desc(), left.id))]

    def forget(self, message_ids: Sequence[int]) -> None:
        """Delete who left them, and what they say."""
        for some in batches(message_ids):
            self._connection.execute(
                update(directory_message)
                .where(directory_message.c.id.in_(some))
                .values(caller_name="", caller_number="", text="", passed_on_note="")
            )
