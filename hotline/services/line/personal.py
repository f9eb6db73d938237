"""G3: the blocklist (A15) in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.retention.privacy import Person
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.line.person import PersonBlockStore
from hotline.storage.transaction import Transaction


class Blocks(PersonalPart[BlockedNumber]):
    """A block that holds stays: without the number nobody could be turned away. One that was lifted or has ended is for
    nothing any more (PIPL art. 47)."""

    name, place = "blocks", 85
    readme = ("blocks.csv 黑名单", "blocks.csv: since when your calls are turned away, and why")
    columns = (
        CopyColumn("number"),
        CopyColumn("reason"),
        CopyColumn("since", "created_at"),
        CopyColumn("until", "expires_at"),
        CopyColumn("lifted", "lifted_at"),
    )

    def find(self, tx: Transaction, person: Person) -> Sequence[BlockedNumber]:
        return PersonBlockStore(tx).of(person.whose)

    def erase(self, tx: Transaction, found: Sequence[BlockedNumber], erasing: Erasing) -> int:
        over = [each.id or 0 for each in found if not each.holds(erasing.now)]
        PersonBlockStore(tx).forget(over)
        return len(over)


PARTS = (Blocks(),)
