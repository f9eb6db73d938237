"""What is found of a visit by a search."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from hotline.domain.search.search import number_marks, whose_marks
from hotline.domain.visits.visit import SEARCHED_AS, Visit
from hotline.storage.accounts.tables import user
from hotline.storage.search_index import Entry, SearchIndex, indexed, kind_mark
from hotline.storage.transaction import Transaction


def visit_entry(visit: Visit, extensions: Mapping[str, str]) -> Entry:
    """`extensions`: of the operators, by user name."""
    extension = extensions.get(visit.visitor, "")
    marks = whose_marks(extension) if extension else ()
    reached = sorted(number_marks(visit.number)) if visit.number else []
    written = "\n".join(text for _name, text in visit.searched)
    assert visit.id is not None
    return Entry(SEARCHED_AS, visit.id, visit.planned_at, indexed(written), (*marks, kind_mark(SEARCHED_AS), *reached))


def keep_entry(tx: Transaction, visit: Visit) -> None:
    """Bring the index to what the visit says now."""
    wanted = select(user.c.username, user.c.extension).where(user.c.username == visit.visitor)
    extensions = {row.username: row.extension or "" for row in tx.connection.execute(wanted)}
    SearchIndex(tx.connection).keep([visit_entry(visit, extensions)])
