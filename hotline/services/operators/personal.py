"""G3: how a person's calls were passed on (A12), in their copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.operators.presence import TransferOrder
from hotline.domain.retention.privacy import Person
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.operators.person import PersonTransferStore
from hotline.storage.transaction import Transaction


class Transfers(PersonalPart[TransferOrder]):
    """They go with their calls."""

    name, place = "transfers", 80
    readme = ("transfers.csv 转接", "transfers.csv: to whom you were passed on, and why")
    columns = (CopyColumn("at"), CopyColumn("to", "to_name"), CopyColumn("reason"))

    def find(self, tx: Transaction, person: Person) -> Sequence[TransferOrder]:
        return PersonTransferStore(tx).of(person.call_keys)

    def erase(self, tx: Transaction, found: Sequence[TransferOrder], erasing: Erasing) -> int:
        PersonTransferStore(tx).forget(erasing.going_keys)
        return sum((each.node, each.linkedid) in erasing.going_keys for each in found)


PARTS = (Transfers(),)
