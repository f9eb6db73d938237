"""G3: what is deleted for a person takes no verdict with it, and gives rise to no other one: the figures stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from hotline.domain.retention.privacy import KeptCall, Person
from hotline.domain.verdicts.verdict import Subject
from hotline.services.personal import Erasing, PersonalPart
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.frozen import FrozenStore


class JudgedSubjects(PersonalPart[KeptCall]):
    """What is found are the calls. Nothing of a person stands in a verdict, so nothing is copied or deleted; what it
    was made of goes, so it is made no more."""

    name, place = "judged_subjects", 900

    def find(self, tx: Transaction, person: Person) -> Sequence[KeptCall]:
        return person.calls

    def erase(self, tx: Transaction, found: Sequence[KeptCall], erasing: Erasing) -> int:
        records = _ids(call.form.id for call in erasing.going if call.form is not None)
        frozen = {
            Subject.CALL: _ids(call.id for call in erasing.going),
            Subject.RECORD: records,
            Subject.PROMISE: records,
            Subject.VISIT: _closed(each.visit for each in erasing.person.found.get("visits", ())),
            Subject.CALLBACK: _closed(each.callback for each in erasing.person.found.get("callbacks", ())),
            Subject.CASE: _closed(erasing.person.found.get("cases", ())),
        }
        for subject, ids in frozen.items():
            FrozenStore(tx).freeze(subject, ids)
        return 0


def _closed(things: Iterable[Any]) -> Collection[str]:
    """What is open is still to be judged, and stays."""
    return _ids(each.id for each in things if each.closed_at is not None)


def _ids(ids: Iterable[int | None]) -> Collection[str]:
    return [str(each) for each in ids if each is not None]


PARTS = (JudgedSubjects(),)
