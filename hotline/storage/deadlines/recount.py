"""Deadlines counted anew: only what follows from the calendar and the settings is written, many at once."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.deadlines.stored import term_text
from hotline.storage.bulk import update_rows
from hotline.storage.deadlines.tables import deadline
from hotline.storage.transaction import TableStore

_COPIES = ("due_at", "warned_at", "breached_at", "warning_told_at", "breach_told_at", "counted_by")


class RecountStore(TableStore):
    def save(self, kept: Sequence[KeptDeadline]) -> None:
        """Rewrite terms and copies of these, known by their ids."""
        columns = {name: [getattr(each, name) for each in kept] for name in _COPIES}
        terms = [term_text(each.deadline.term) for each in kept]
        update_rows(self._connection, deadline, [each.id or 0 for each in kept], {"term": terms, **columns})
