"""The visits, for an index of search that is built anew."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from hotline.domain.visits.visit import SEARCHED_AS
from hotline.storage.accounts.tables import user
from hotline.storage.search_index import Entry, SearchedRows, all_rows
from hotline.storage.visits.search_entry import visit_entry
from hotline.storage.visits.store import visit_of
from hotline.storage.visits.tables import visit


class _Visits(SearchedRows):
    kind = SEARCHED_AS

    def entries(self, connection: Connection) -> Iterator[Entry]:
        accounts = connection.execute(select(user.c.username, user.c.extension))
        extensions = {row.username: row.extension or "" for row in accounts}
        rows = all_rows(connection, select(visit), visit.c.id)
        return (visit_entry(visit_of(row), extensions) for row in rows)


SEARCHED = _Visits()
