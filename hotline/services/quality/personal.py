"""G3: what the rules quoted of a person's calls goes with these."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.retention.privacy import KeptCall, Person
from hotline.services.personal import Erasing, PersonalPart
from hotline.storage.quality.person import PersonFindingStore
from hotline.storage.transaction import Transaction


class Findings(PersonalPart[KeptCall]):
    name, place = "findings", 110

    def find(self, tx: Transaction, person: Person) -> Sequence[KeptCall]:
        return person.calls

    def erase(self, tx: Transaction, found: Sequence[KeptCall], erasing: Erasing) -> int:
        return PersonFindingStore(tx).forget(erasing.going_keys)


PARTS = (Findings(),)
