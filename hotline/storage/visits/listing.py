"""The lists of visits, page by page: as many as are shown are read, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true, tuple_

from hotline.domain.visits.listing import Place, VisitFilter, VisitTab
from hotline.domain.visits.visit import Visit
from hotline.storage.bulk import AT_ONCE
from hotline.storage.transaction import TableStore
from hotline.storage.visits.store import visit_of
from hotline.storage.visits.tables import IS_CLOSED, IS_OPEN, visit

_IT = visit.c


class VisitListStore(TableStore):
    def page(self, wanted: VisitFilter, after: Place | None, limit: int) -> list[Visit]:
        """What is due first stands first; of closed ones the last. `after`: from behind that place on."""
        return list(map(visit_of, self._connection.execute(_listed(wanted, after).limit(limit))))

    def each(self, wanted: VisitFilter, most: int) -> Iterator[Visit]:
        """The same, read as they are taken: a hundred thousand at once take their memory."""
        asked = _listed(wanted, None).limit(most)
        return map(visit_of, self._connection.execute(asked, execution_options={"yield_per": AT_ONCE}))

    def count(self, wanted: VisitFilter, most: int) -> int:
        """As far as `most`: beyond it nobody counts them."""
        some = select(_IT.id).where(*_conditions(wanted)).limit(most).subquery()
        return self._connection.execute(select(func.count()).select_from(some)).scalar_one()


def _listed(wanted: VisitFilter, after: Place | None) -> Select[Any]:
    if wanted.tab is VisitTab.DONE:
        behind = tuple_(_IT.closed_at, _IT.id) < (after.at, after.id) if after else true()
        found = select(visit).order_by(_IT.closed_at.desc(), _IT.id.desc())
    else:
        behind = tuple_(_IT.due_at, _IT.id) > (after.at, after.id) if after else true()
        found = select(visit).order_by(_IT.due_at, _IT.id)
    return found.where(*_conditions(wanted), behind)


def _conditions(wanted: VisitFilter) -> Iterator[ColumnElement[bool]]:
    yield from _of_tab(wanted)
    for column, value in ((_IT.origin, wanted.origin), (_IT.result, wanted.result)):
        if value is not None:
            yield column == value.value
    if wanted.subject_id is not None:
        yield _IT.subject_id == wanted.subject_id
    if wanted.visitor:
        yield _IT.visitor == wanted.visitor
    if wanted.holders is not None:
        yield _IT.visitor.in_(["", *sorted(wanted.holders)])
    if wanted.hidden_from:
        yield _IT.about != wanted.hidden_from


def _of_tab(wanted: VisitFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.tab is VisitTab.DONE:
        yield IS_CLOSED
        if wanted.since is not None:
            yield _IT.closed_at >= wanted.since
        if wanted.until is not None:
            yield _IT.closed_at < wanted.until
        return
    yield IS_OPEN
    if wanted.tab is VisitTab.MINE:
        yield _IT.visitor == wanted.own
    if wanted.tab is VisitTab.UNASSIGNED:
        yield _IT.visitor == ""
    if wanted.tab in (VisitTab.TODAY, VisitTab.OVERDUE) and wanted.due_before is not None:
        yield _IT.due_at <= wanted.due_before
