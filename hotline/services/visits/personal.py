"""G3: visits in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.retention.privacy import Person
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.transaction import Transaction
from hotline.storage.visits.person import KeptVisit, PersonVisitStore

_FIELDS = ("name", "number", "purpose", "way", "due_at", "closed_at", "ending", "result", "with_what")


class Visits(PersonalPart[KeptVisit]):
    name, place = "visits", 45
    readme = ("visits.csv 回访", "visits.csv: return visits")
    columns = (
        *(CopyColumn(each, f"visit.{each}") for each in (*_FIELDS, "content", "problems", "answers")),
        CopyColumn("tries", "tried"),
    )

    def find(self, tx: Transaction, person: Person) -> Sequence[KeptVisit]:
        return PersonVisitStore(tx).kept(person.whose)

    def erase(self, tx: Transaction, found: Sequence[KeptVisit], erasing: Erasing) -> int:
        """An open one is still owed, and stays; so does one whose call must stay (E2)."""
        visits = [each.visit for each in found]
        going = [each.id or 0 for each in visits if erasing.may_go(each.closed_at, (each.node, each.linkedid))]
        PersonVisitStore(tx).forget(going)
        return len(going)


PARTS = (Visits(),)
