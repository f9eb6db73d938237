"""G3: callbacks in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.retention.privacy import Person
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.callbacks.person import KeptCallback, PersonCallbackStore
from hotline.storage.transaction import Transaction


class Callbacks(PersonalPart[KeptCallback]):
    name, place = "callbacks", 50
    readme = ("callbacks.csv 待回电", "callbacks.csv")
    columns = (
        CopyColumn("number", "callback.number"),
        CopyColumn("due", "callback.due_at"),
        CopyColumn("closed", "callback.closed_at"),
        CopyColumn("note", "notes"),
        CopyColumn("result", "callback.closing_note"),
        CopyColumn("tries", "tried"),
    )

    def find(self, tx: Transaction, person: Person) -> Sequence[KeptCallback]:
        return PersonCallbackStore(tx).kept(person.whose)

    def erase(self, tx: Transaction, found: Sequence[KeptCallback], erasing: Erasing) -> int:
        """An open one keeps its calls, and stays; so does one that has a call which must stay."""
        going = [
            each.callback.id or 0
            for each in found
            if all(erasing.may_go(each.callback.closed_at, key) for key in each.keys)
        ]
        PersonCallbackStore(tx).forget(going)
        return len(going)


PARTS = (Callbacks(),)
