"""G3: what projects hold of a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, or_, select, update

from hotline.domain.batches import batches
from hotline.domain.persons import Whose
from hotline.domain.projects.project import SEARCHED_AS, Project
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.projects.store import project_of
from hotline.storage.projects.tables import project, project_round
from hotline.storage.search_index import SearchIndex
from hotline.storage.transaction import TableStore

COLUMNS = (
    PersonalTable(
        project,
        part="projects",
        copied="name contact number note",
        erased="name contact number note",
        nothing={Holds.STAFF: "manager updated_by"},
    ),
    PersonalTable(
        project_round,
        part="projects",
        copied="record",
        erased="record",
        nothing={Holds.CODE: "kind state", Holds.STAFF: "owner done_by"},
    ),
)


class PersonProjectStore(TableStore):
    def of(self, whose: Whose) -> list[Project]:
        """The latest delivered first."""
        parts: list[ColumnElement[bool]] = [false()]
        if whose.numbers:
            parts.append(project.c.number.in_(sorted(whose.numbers)))
        if whose.customer_ids:
            parts.append(project.c.customer_id.in_(sorted(whose.customer_ids)))
        rows = self._connection.execute(select(project).where(or_(*parts)).order_by(project.c.delivered_on.desc()))
        return [project_of(row) for row in rows]

    def forget(self, project_ids: Sequence[int]) -> None:
        """Delete what they say of the person: in them, in their records, in the index of search."""
        SearchIndex(self._connection).forget(SEARCHED_AS, project_ids)
        for some in batches(project_ids):
            self._connection.execute(
                update(project).where(project.c.id.in_(some)).values(name="", contact="", number="", note="")
            )
            self._connection.execute(
                update(project_round).where(project_round.c.project_id.in_(some)).values(record={})
            )
