"""What is found of a case by a search."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from hotline.domain.cases.case import SEARCHED_AS, ServiceCase
from hotline.domain.search.search import number_marks, whose_marks
from hotline.storage.accounts.tables import user
from hotline.storage.search_index import Entry, SearchIndex, indexed, kind_mark
from hotline.storage.transaction import Transaction


def case_entry(case: ServiceCase, extensions: Mapping[str, str]) -> Entry:
    """`extensions`: of the operators, by user name."""
    whose = {extensions[name] for name in (case.owner, case.opened_by) if extensions.get(name)}
    marks = [mark for extension in sorted(whose) for mark in whose_marks(extension)]
    reached = sorted(number_marks(case.caller_number)) if case.caller_number else []
    written = "\n".join(text for _name, text in case.searched)
    assert case.id is not None
    return Entry(SEARCHED_AS, case.id, case.opened_at, indexed(written), (*marks, kind_mark(SEARCHED_AS), *reached))


def keep_entry(tx: Transaction, case: ServiceCase) -> None:
    """Bring the index to what the case says now."""
    columns = user.c
    wanted = select(columns.username, columns.extension).where(columns.username.in_([case.owner, case.opened_by]))
    extensions = {row.username: row.extension or "" for row in tx.connection.execute(wanted)}
    SearchIndex(tx.connection).keep([case_entry(case, extensions)])
