"""G3: holds on a person's calls and their requests, in their copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.retention.privacy import Person, PrivacyRequest
from hotline.domain.retention.retention import LegalHold
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.retention.person import PersonHoldStore, PersonRequestStore
from hotline.storage.transaction import Transaction


class Holds(PersonalPart[LegalHold]):
    """One that stands keeps its call; those that are over go with theirs."""

    name, place = "holds", 95
    readme = ("holds.csv 保留", "holds.csv: why recordings of yours stay longer")
    columns = tuple(map(CopyColumn, ("reason", "set_at", "until", "lifted_at")))

    def find(self, tx: Transaction, person: Person) -> Sequence[LegalHold]:
        return PersonHoldStore(tx).of(person.call_keys)

    def erase(self, tx: Transaction, found: Sequence[LegalHold], erasing: Erasing) -> int:
        PersonHoldStore(tx).forget(erasing.going_keys)
        return sum((each.node, each.linkedid) in erasing.going_keys for each in found)


class Requests(PersonalPart[PrivacyRequest]):
    """They stay, as the proof that they were answered."""

    name, place = "requests", 100
    readme = ("requests.csv 本人申请", "requests.csv: what you asked of us")
    columns = tuple(
        map(CopyColumn, ("kind", "number", "asked_by", "asked_at", "text", "due_at", "state", "answer", "closed_at"))
    )

    def find(self, tx: Transaction, person: Person) -> Sequence[PrivacyRequest]:
        return PersonRequestStore(tx).of(person.whose)


PARTS = (Holds(), Requests())
