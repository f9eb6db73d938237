"""The projects, for an index of search that is built anew."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from hotline.domain.projects.project import SEARCHED_AS
from hotline.storage.projects.search_entry import project_entry
from hotline.storage.projects.store import project_of
from hotline.storage.projects.tables import project
from hotline.storage.search_index import Entry, SearchedRows, all_rows


class _Projects(SearchedRows):
    kind = SEARCHED_AS

    def entries(self, connection: Connection) -> Iterator[Entry]:
        return (project_entry(project_of(row)) for row in all_rows(connection, select(project), project.c.id))


SEARCHED = _Projects()
