"""The log forms, for an index of search that is built anew."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from hotline.domain.forms.form import FORM
from hotline.storage.forms.search_entry import form_entry
from hotline.storage.forms.store import form_of_row
from hotline.storage.forms.tables import call_form
from hotline.storage.search_index import Entry, SearchedRows, all_rows


class _Forms(SearchedRows):
    kind = FORM

    def entries(self, connection: Connection) -> Iterator[Entry]:
        return (form_entry(form_of_row(row)) for row in all_rows(connection, select(call_form), call_form.c.id))


SEARCHED = _Forms()
