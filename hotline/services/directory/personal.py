"""G3: messages that a person left for people of the directory, in their copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.directory.directory import DirectoryMessage
from hotline.domain.retention.privacy import Person
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.directory.person import PersonMessageStore
from hotline.storage.transaction import Transaction


class Messages(PersonalPart[DirectoryMessage]):
    name, place = "messages", 60
    readme = ("messages.csv 留言", "messages.csv: what you left for people of ours")
    columns = (
        CopyColumn("name", "caller_name"),
        CopyColumn("number", "caller_number"),
        CopyColumn("left", "left_at"),
        CopyColumn("text"),
        CopyColumn("passed_on", "passed_on_at", "passed on"),
        CopyColumn("note", "passed_on_note"),
    )

    def find(self, tx: Transaction, person: Person) -> Sequence[DirectoryMessage]:
        return PersonMessageStore(tx).of(person.whose)

    def erase(self, tx: Transaction, found: Sequence[DirectoryMessage], erasing: Erasing) -> int:
        """One that was not passed on yet stays."""
        going = [each.id or 0 for each in found if erasing.may_go(each.passed_on_at, (each.node, each.linkedid))]
        PersonMessageStore(tx).forget(going)
        return len(going)


PARTS = (Messages(),)
