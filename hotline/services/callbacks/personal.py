"""G3: callbacks in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.callbacks.owed import Callback
from hotline.domain.retention.privacy import Person
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.callbacks.person import PersonCallbackStore
from hotline.storage.transaction import Transaction


class Callbacks(PersonalPart[Callback]):
    name, place = "callbacks", 50
    readme = ("callbacks.csv 待回电", "callbacks.csv")
    columns = (
        CopyColumn("number"),
        CopyColumn("due", "due_at"),
        CopyColumn("closed", "closed_at"),
        CopyColumn("note"),
        CopyColumn("result", "closing_note"),
    )

    def find(self, tx: Transaction, person: Person) -> Sequence[Callback]:
        return PersonCallbackStore(tx).of(person.whose)

    def erase(self, tx: Transaction, found: Sequence[Callback], erasing: Erasing) -> int:
        """An open one keeps its call, and stays."""
        going = [each.id or 0 for each in found if erasing.may_go(each.closed_at, (each.node, each.linkedid))]
        PersonCallbackStore(tx).forget(going)
        return len(going)


PARTS = (Callbacks(),)
