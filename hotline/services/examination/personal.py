"""G3: what examiners wrote of a person's calls goes with these; their points stay."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.retention.privacy import KeptCall, Person
from hotline.services.personal import Erasing, PersonalPart
from hotline.storage.examination.person import PersonExaminationStore
from hotline.storage.transaction import Transaction


class Examinations(PersonalPart[KeptCall]):
    name, place = "examinations", 120

    def find(self, tx: Transaction, person: Person) -> Sequence[KeptCall]:
        return person.calls

    def erase(self, tx: Transaction, found: Sequence[KeptCall], erasing: Erasing) -> int:
        return PersonExaminationStore(tx).forget(erasing.going_keys)


PARTS = (Examinations(),)
