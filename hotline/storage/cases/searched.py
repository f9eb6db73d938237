"""The cases, for an index of search that is built anew."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from hotline.domain.cases.case import SEARCHED_AS
from hotline.storage.accounts.tables import user
from hotline.storage.cases.search_entry import case_entry
from hotline.storage.cases.store import case_of
from hotline.storage.cases.tables import service_case
from hotline.storage.search_index import Entry, SearchedRows, all_rows


class _Cases(SearchedRows):
    kind = SEARCHED_AS

    def entries(self, connection: Connection) -> Iterator[Entry]:
        accounts = connection.execute(select(user.c.username, user.c.extension))
        extensions = {row.username: row.extension or "" for row in accounts}
        rows = all_rows(connection, select(service_case), service_case.c.id)
        return (case_entry(case_of(row), extensions) for row in rows)


SEARCHED = _Cases()
