"""Finding what was said and written, and building the whole index anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, column, delete, func, or_, select, table, text

from hotline.discovery import gathered
from hotline.domain.search.search import Marked, SearchFilter, SearchHit, number_mark, wanted_grams
from hotline.storage.search.tables import is_sqlite, search_entry
from hotline.storage.search_index import Entry, SearchedRows, SearchIndex, first_id, kind_mark, number_of
from hotline.storage.transaction import TableStore

_AT_ONCE = 500

_ENTRY = search_entry.c


class SearchStore(TableStore):
    def find(self, wanted: SearchFilter, limit: int, offset: int = 0) -> list[SearchHit]:
        """Those in which the words truly stand, the newest call's first."""
        if not wanted.words or (wanted.marked is not None and not wanted.marked):
            return []
        rows = (self._on_sqlite if is_sqlite(self._connection) else self._on_postgresql)(wanted, limit, offset)
        return [SearchHit(row.kind, row.source_id) for row in rows]

    def some(self, wanted: SearchFilter, most: int) -> set[int]:
        """The rows' ids of those in which the words truly stand, in no order: as many as that, if there are more. It
        soon knows that there are too many."""
        if not wanted.words:
            return set()
        if is_sqlite(self._connection):
            return {hit.source_id for hit in self.find(wanted, most)}
        self._connection.execute(text("SET LOCAL enable_seqscan = off"))
        held = select(_ENTRY.source_id).where(*_holding(wanted), *_when(_ENTRY.id, wanted), *_text(_ENTRY, wanted))
        return set(self._connection.scalars(held.limit(most)))

    def _on_sqlite(self, wanted: SearchFilter, limit: int, offset: int) -> Sequence[Row[*tuple[Any, ...]]]:
        """The index gives its rows in order of their ids, one after the other."""
        question = select(_ENTRY.kind, _ENTRY.source_id).select_from(
            _GRAM.join(search_entry, _ENTRY.id == _GRAM.c.rowid)
        )
        matches = text("search_gram MATCH :question").bindparams(question=_question(wanted))
        standing = _standing(_ENTRY, wanted, func.instr)
        return self._connection.execute(
            question.where(matches, *_when(_GRAM.c.rowid, wanted), *standing, *_of_its_time(_ENTRY, wanted, func.instr))
            .order_by(_GRAM.c.rowid.desc())
            .limit(limit)
            .offset(offset)
        ).all()

    def _on_postgresql(self, wanted: SearchFilter, limit: int, offset: int) -> Sequence[Row[*tuple[Any, ...]]]:
        """A GIN index gives all or nothing, in no order: too much for what nearly everybody says. That is found among
        the latest; what is not is rare enough for the index. Left to itself, the planner chooses wrongly."""
        latest = select(*_SHOWN).where(*_when(_ENTRY.id, wanted)).order_by(_ENTRY.id.desc()).limit(_LATEST).subquery()
        rows = self._page(latest.c, [*_marked(latest.c, wanted), *_text(latest.c, wanted)], limit, offset)
        if len(rows) == limit:
            return rows
        # OFFSET 0 keeps the planner from mixing the two: it would walk through all ids again; without the setting it
        # sometimes reads all texts, which takes a second.
        self._connection.execute(text("SET LOCAL enable_seqscan = off"))
        held = select(*_SHOWN).where(*_holding(wanted), *_when(_ENTRY.id, wanted)).offset(0).subquery()
        return self._page(held.c, _text(held.c, wanted), limit, offset)

    def _page(
        self, found: Any, conditions: Sequence[ColumnElement[bool]], limit: int, offset: int
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        return self._connection.execute(
            select(found.kind, found.source_id).where(*conditions).order_by(found.id.desc()).limit(limit).offset(offset)
        ).all()


def rebuild(connection: Connection) -> int:
    """The whole index anew, from what all features say now; how many entries there are."""
    if is_sqlite(connection):
        connection.execute(text("INSERT INTO search_gram(search_gram) VALUES ('delete-all')"))
    connection.execute(delete(search_entry))
    index, count = SearchIndex(connection), 0
    for rows in gathered("hotline.storage", "searched", "SEARCHED", SearchedRows):
        for entries in _batches(rows.entries(connection)):
            index.keep(entries)
            count += len(entries)
    return count


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == _AT_ONCE:
            yield sorted(batch, key=lambda each: each.at)
            batch = []
    if batch:
        yield batch


def _needed(wanted: SearchFilter) -> list[str]:
    """What must be in the index, whatever else: words that are no numbers, and the kind."""
    words = [word for word in wanted.words if not number_mark(word)]
    return [*wanted_grams(words), *([kind_mark(wanted.kind)] if wanted.kind else [])]


def _numbers(wanted: SearchFilter) -> list[tuple[list[str], str]]:
    """Of each word that is a number: its grams, or else its mark."""
    return [(wanted_grams([word]), found) for word in wanted.words if (found := number_mark(word))]


def _question(wanted: SearchFilter) -> str:
    """In FTS5's language; grams and marks are plain ASCII letters and digits."""
    parts = _needed(wanted)
    parts += [f"(({' AND '.join(some)}) OR {marked})" for some, marked in _numbers(wanted)]
    if theirs := _whose(wanted):
        parts.append("(" + " OR ".join(theirs) + ")")
    return " AND ".join(parts)


def _holding(wanted: SearchFilter) -> list[ColumnElement[bool]]:
    """As PostgreSQL is asked."""
    needed = [number_of(each) for each in _needed(wanted)]
    whose = [number_of(each) for each in _whose(wanted)]
    numbers = [
        or_(_ENTRY.grams.contains([number_of(each) for each in some]), _ENTRY.grams.contains([number_of(marked)]))
        for some, marked in _numbers(wanted)
    ]
    return [
        *([_ENTRY.grams.contains(needed)] if needed else []),
        *numbers,
        *([_ENTRY.grams.overlap(whose)] if whose else []),
    ]


def _standing(found: Any, wanted: SearchFilter, place: Any = func.strpos) -> list[ColumnElement[bool]]:
    """The index knows pairs of characters; whether they stand together, the text itself says."""
    return [
        or_(place(found.text, word) > 0, *([place(found.marks, marked) > 0] if (marked := number_mark(word)) else []))
        for word in wanted.words
    ]


def _text(found: Any, wanted: SearchFilter) -> list[ColumnElement[bool]]:
    return [*_standing(found, wanted), *_of_its_time(found, wanted)]


def _whose(wanted: SearchFilter) -> list[str]:
    """One of these marks it must have, whatever the time."""
    return list(dict.fromkeys((*wanted.whose, *(each.mark for each in wanted.marked or ()))))


def _of_its_time(found: Any, wanted: SearchFilter, place: Any = func.strpos) -> list[ColumnElement[bool]]:
    """The mark is of who had the extension then."""
    if wanted.marked is None:
        return []
    return [or_(*(and_(place(found.marks, each.mark) > 0, *_when(found.id, each)) for each in wanted.marked))]


def _marked(found: Any, wanted: SearchFilter) -> list[ColumnElement[bool]]:
    """What the index knows as marks."""
    kind = [found.kind == wanted.kind] if wanted.kind else []
    whose = [func.strpos(found.marks, each) > 0 for each in _whose(wanted)]
    return kind + ([or_(*whose)] if whose else [])


def _when(key: ColumnElement[int], wanted: SearchFilter | Marked) -> list[ColumnElement[bool]]:
    since = [key >= first_id(wanted.since)] if wanted.since else []
    return since + ([key < first_id(wanted.until)] if wanted.until else [])


#: PostgreSQL looks through so many of the latest before it asks the index.
_LATEST = 3000
_SHOWN = (_ENTRY.id, _ENTRY.kind, _ENTRY.source_id, _ENTRY.text, _ENTRY.marks)
_GRAM = table("search_gram", column("rowid"), column("grams"))
