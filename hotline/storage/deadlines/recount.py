"""Deadlines counted anew: only what follows from the calendar and the settings is written, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from sqlalchemy import update

from hotline.domain.batches import batches
from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.deadlines.stored import term_text
from hotline.storage.bulk import keep_pages, update_rows
from hotline.storage.deadlines.tables import deadline
from hotline.storage.transaction import TableStore

_MOMENTS = ("due_at", "warned_at")
_TOLD = ("breached_at", "warning_told_at", "breach_told_at")
_moments, _told = attrgetter(*_MOMENTS), attrgetter(*_TOLD)


class RecountStore(TableStore):
    def save(self, before: Sequence[KeptDeadline], after: Sequence[KeptDeadline], counted_by: str) -> None:
        """Rewrite terms and copies of these, the same in the same order, where they differ; all were counted by the
        same."""
        keep_pages(self._connection)
        pairs = list(zip(before, after, strict=True))
        moved = [new for old, new in pairs if _moments(old) != _moments(new)]
        told = [new for old, new in pairs if _told(old) != _told(new)]
        self._write(_MOMENTS, moved, counted_by)
        self._write(_TOLD, told, counted_by)
        terms = [new for old, new in pairs if old.deadline.term != new.deadline.term]
        texts = [term_text(each.deadline.term) for each in terms]
        update_rows(self._connection, deadline, [each.id or 0 for each in terms], {"term": texts})
        written = {each.id for each in (*moved, *told)}
        for some in batches([each.id or 0 for each in after if each.id not in written]):
            self._connection.execute(update(deadline).where(deadline.c.id.in_(some)).values(counted_by=counted_by))

    def _write(self, columns: Sequence[str], kept: Sequence[KeptDeadline], counted_by: str) -> None:
        values = {name: list(map(attrgetter(name), kept)) for name in columns}
        update_rows(self._connection, deadline, [each.id or 0 for each in kept], values, {"counted_by": counted_by})
