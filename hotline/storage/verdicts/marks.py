"""Which subjects became complete, or changed, since a moment; and which there are of a time.

Features' own tables tell it by moments that stand in them anyway, so that nobody has to say that something changed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from hotline.storage.transaction import TableStore
from hotline.storage.verdicts.generations import Mark
from hotline.storage.verdicts.sources import Moment, Source


class Marked(NamedTuple):
    mark: Mark
    subject_id: str


class MarkStore(TableStore):
    def changed(self, source: Source, after: Mark, until: datetime, limit: int) -> list[Marked]:
        """Subjects of which something became known after the mark and up to `until`, in that order; one of which two
        things did may come twice."""
        # Each moment gives a whole page, so that nothing is passed over that another one gives later.
        pages = [self._page(source, moment, after, until, limit) for moment in source.moments]
        found = sorted((each for page in pages for each in page), key=lambda each: (each.mark.at, int(each.mark.key)))
        return found[:limit]

    def between(self, source: Source, start: datetime, end: datetime, after: Mark, limit: int) -> list[Marked]:
        """Subjects whose own time lies in [start, end), by their ids; after the mark's."""
        rows = self._connection.execute(
            select(source.id)
            .select_from(source.table)
            .where(source.at >= start, source.at < end, source.id > _key(after), *source.only)
            .distinct()
            .order_by(source.id)
            .limit(limit)
        )
        return [Marked(Mark(start, str(key)), str(key)) for (key,) in rows]

    def _page(self, source: Source, moment: Moment, after: Mark, until: datetime, limit: int) -> list[Marked]:
        at, since = moment.column, after.at - moment.later
        rows = self._connection.execute(
            select(at, source.id)
            .select_from(source.table)
            .where(at >= since, or_(at > since, source.id > _key(after)), at <= until - moment.later)
            .where(*source.only, *moment.only)
            .order_by(at, source.id)
            .limit(limit)
        )
        return [Marked(Mark(began + moment.later, str(key)), str(key)) for began, key in rows]


def _key(mark: Mark) -> int:
    return int(mark.key) if mark.key else -1
