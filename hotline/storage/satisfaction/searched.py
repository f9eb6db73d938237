"""The comments, for an index of search that is built anew."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from hotline.domain.satisfaction.rating import SEARCHED_AS
from hotline.storage.satisfaction.search_entry import rating_entry
from hotline.storage.satisfaction.store import rating_of
from hotline.storage.satisfaction.tables import rating
from hotline.storage.search_index import Entry, SearchedRows, all_rows


class _Comments(SearchedRows):
    kind = SEARCHED_AS

    def entries(self, connection: Connection) -> Iterator[Entry]:
        rows = all_rows(connection, select(rating).where(rating.c.comment != ""), rating.c.id)
        return (rating_entry(rating_of(row)) for row in rows)


SEARCHED = _Comments()
