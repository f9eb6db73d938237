"""G3: projects, in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hotline.domain.calendar import local_day
from hotline.domain.projects.project import Project
from hotline.domain.retention.privacy import Person
from hotline.domain.time import end_of_day
from hotline.services.personal import Copied, CopyColumn, Copying, Erasing, PersonalPart
from hotline.storage.projects.person import PersonProjectStore
from hotline.storage.projects.store import RoundStore
from hotline.storage.transaction import Transaction

_FIELDS = ("name", "contact", "number", "delivered_on", "ends_on", "note")


class Projects(PersonalPart[Project]):
    """One that has not ended is kept for the contract by which it was delivered."""

    name, place = "projects", 47
    readme = ("projects.csv 项目", "projects.csv: what was delivered to you")
    columns = tuple(map(CopyColumn, _FIELDS))

    def find(self, tx: Transaction, person: Person) -> Sequence[Project]:
        return PersonProjectStore(tx).of(person.whose)

    def copy(self, tx: Transaction, found: Sequence[Project], copying: Copying) -> Copied:
        """With the records of its inspections and surveys."""
        copied = super().copy(tx, found, copying)
        rows = [
            {**dict(row), "records": [dict(each.record) for each in RoundStore(tx).of(project.id or 0) if each.record]}
            for row, project in zip(copied.whole or (), found, strict=True)
            if isinstance(row, dict)
        ]
        return replace(copied, whole=rows)

    def erase(self, tx: Transaction, found: Sequence[Project], erasing: Erasing) -> int:
        today = local_day(erasing.now)
        over = [each for each in found if each.ends_on is not None and each.has_ended(today)]
        going = [
            each.id or 0
            for each in over
            if each.ends_on is not None and erasing.may_go(end_of_day(each.ends_on), ("", ""))
        ]
        PersonProjectStore(tx).forget(going)
        return len(going)


PARTS = (Projects(),)
