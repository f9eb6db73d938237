"""G3: what visits hold of a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from hotline.domain.batches import batches
from hotline.domain.persons import Whose
from hotline.domain.visits.visit import SEARCHED_AS, VISIT, Visit
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.search_index import SearchIndex
from hotline.storage.transaction import TableStore
from hotline.storage.visits.store import VisitTryStore, visit_of
from hotline.storage.visits.tables import visit, visit_try
from hotline.storage.whose import theirs
from hotline.storage.workflow import StepStore

_WORDS = ("name", "number", "purpose", "with_what", "content", "problems")

COLUMNS = (
    PersonalTable(
        visit,
        part="visits",
        copied="name number purpose with_what content problems answers",
        erased="name number purpose with_what content problems answers",
        nothing={
            Holds.ID: "node linkedid key",
            Holds.SETTING: "line questionnaire",
            Holds.CODE: "origin way state ending result",
            Holds.STAFF: "planned_by visitor barred about closed_by",
        },
    ),
    PersonalTable(
        visit_try, part="visits", copied="note", erased="note", nothing={Holds.CODE: "way outcome", Holds.STAFF: "by"}
    ),
)


@dataclass(frozen=True, slots=True)
class KeptVisit:
    """A visit with what was noted of the tries."""

    visit: Visit
    tried: str


class PersonVisitStore(TableStore):
    def of(self, whose: Whose) -> list[Visit]:
        """Newest first: of these customers, and of these numbers where no customer is named."""
        wanted = select(visit).where(theirs(visit.c.number, visit.c.customer_id, whose))
        rows = self._connection.execute(wanted.order_by(visit.c.planned_at.desc(), visit.c.id.desc()))
        return [visit_of(row) for row in rows]

    def kept(self, whose: Whose) -> list[KeptVisit]:
        found = self.of(whose)
        tries = VisitTryStore(self._tx).of([each.id or 0 for each in found])
        notes = {visit_id: "\n".join(each.note for each in made if each.note) for visit_id, made in tries.items()}
        return [KeptVisit(each, notes.get(each.id or 0, "")) for each in found]

    def forget(self, visit_ids: Collection[int]) -> None:
        """Delete whom these were of and what they said; that it was made, by whom and when, stays."""
        ids: Sequence[int] = sorted(visit_ids)
        for some in batches(ids):
            gone: dict[str, object] = {**dict.fromkeys(_WORDS, ""), "answers": {}, "customer_id": None}
            self._connection.execute(update(visit).where(visit.c.id.in_(some)).values(gone))
            self._connection.execute(update(visit_try).where(visit_try.c.visit_id.in_(some)).values(note=""))
        StepStore(self._tx).forget_words(VISIT, ids)
        SearchIndex(self._connection).forget(SEARCHED_AS, ids)
