"""G3: dials in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.dialling.dial import Dial
from hotline.domain.retention.privacy import Person
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Transaction


class Dials(PersonalPart[Dial]):
    """Found by number. A dial that came to a call goes with it."""

    name, place = "dials", 55
    readme = ("dials.csv 我们拨打您的电话", "dials.csv: when we called you, or tried to")
    columns = (*map(CopyColumn, ("number", "reason", "asked_at", "answered_at", "outcome")),)

    def find(self, tx: Transaction, person: Person) -> Sequence[Dial]:
        return DialStore(tx).of_numbers(person.numbers)

    def erase(self, tx: Transaction, found: Sequence[Dial], erasing: Erasing) -> int:
        over = [each.id or 0 for each in found if erasing.may_go(each.ended_at, (each.node, each.linkedid))]
        return DialStore(tx).forget(over)


PARTS = (Dials(),)
