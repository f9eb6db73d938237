"""The index of what was said and written: kept in the transaction that writes it.

SQLite: an FTS5 table without content; PostgreSQL: an array with a GIN index. Both hold the same grams
(docs/decisions/0009-search-by-pairs-of-characters.md).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, delete, select, text, update

from hotline.domain.batches import batches
from hotline.domain.search.search import grams, mark, normalised
from hotline.storage.plain import plain
from hotline.storage.search.tables import is_sqlite, search_entry
from hotline.storage.upsert import leaving

#: Ids begin with the second since then; ids are 64 bits long.
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_SLOTS = 1024
#: Rows that are indexed anew are read so many at a time.
_AT_ONCE = 500
#: Of a longer text only the beginning is found: PostgreSQL takes a megabyte of grams. Three hours of talk are less.
_LONGEST = 30_000

_ENTRY = search_entry.c


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be found of one row of a kind. `at`: when its call began. `text`: as `indexed` makes it. `marks`:
    whose it is, which numbers it has, and of which kind it is (`kind_mark`)."""

    kind: str
    source_id: int
    at: datetime
    text: str
    marks: tuple[str, ...]

    @property
    def all_grams(self) -> list[str]:
        return _grams(self.text, " ".join(self.marks))


def kind_mark(kind: str) -> str:
    return mark("kind", kind)


class SearchedRows:
    """What a feature tells as `SEARCHED` in a module `searched` of its folder: `kind` is the name of its entries, of at
    most ten letters. Its stores keep the index as they write (`SearchIndex`)."""

    kind: str

    def entries(self, connection: Connection) -> Iterator[Entry]:
        """All that is to be found now, for an index that is built anew."""
        raise NotImplementedError


def indexed(text: str) -> str:
    """As an entry has it."""
    return normalised(plain(text[:_LONGEST]))


def all_rows(connection: Connection, wanted: Select[Any], key: ColumnElement[int]) -> Iterator[Row[*tuple[Any, ...]]]:
    """All of them by `key`, which each row has as `id`, so many at a time."""
    last = 0
    while rows := connection.execute(wanted.where(key > last).order_by(key).limit(_AT_ONCE)).all():
        yield from rows
        last = rows[-1].id


class SearchIndex:
    """Brings the index to what is now said and written; for the stores of what is searched."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, entries: Sequence[Entry]) -> None:
        """Index these; known ones anew if they have changed."""
        for kind in {entry.kind for entry in entries}:
            some = [entry for entry in entries if entry.kind == kind]
            known = self._known(kind, [entry.source_id for entry in some])
            self.add([entry for entry in some if entry.source_id not in known])
            for entry in some:
                before = known.get(entry.source_id)
                if before is not None and (before.text, before.marks) != (entry.text, " ".join(entry.marks)):
                    self._change(before, entry)

    def forget(self, kind: str, source_ids: Sequence[int]) -> None:
        for row in self._known(kind, source_ids).values():
            self._unindex(row)
            self._connection.execute(delete(search_entry).where(_ENTRY.id == row.id))

    def _known(self, kind: str, source_ids: Sequence[int]) -> dict[int, Row[*tuple[Any, ...]]]:
        found: dict[int, Row[*tuple[Any, ...]]] = {}
        for some in batches(source_ids):
            rows = self._connection.execute(_KNOWN, {"kind": kind, "source_ids": list(some)})
            found.update((row.source_id, row) for row in rows)
        return found

    def add(self, entries: Sequence[Entry]) -> None:
        """Index these, which are new. All at once; again for those whose place is taken, which it is when two of one
        second have ids 1024 apart."""
        insert = leaving(self._connection, search_entry, "id", told=("id",))
        turn = 0
        while entries and turn < _SLOTS:
            places = {_place(entry, turn): entry for entry in entries}
            rows = [_columns(self._connection, entry_id, entry) for entry_id, entry in places.items()]
            got = {entry_id: places[entry_id] for entry_id in self._connection.scalars(insert, rows)}
            self._index({entry_id: entry.all_grams for entry_id, entry in got.items()})
            done = {entry.source_id for entry in got.values()}
            entries, turn = [entry for entry in entries if entry.source_id not in done], turn + 1

    def _change(self, before: Row[*tuple[Any, ...]], entry: Entry) -> None:
        self._unindex(before)
        values = _columns(self._connection, before.id, entry)
        self._connection.execute(update(search_entry).where(_ENTRY.id == before.id).values(values))
        self._index({before.id: entry.all_grams})

    def _index(self, words: Mapping[int, list[str]]) -> None:
        """Words by the entry's id."""
        if words and is_sqlite(self._connection):
            self._connection.execute(
                _INSERT_GRAMS, [{"id": entry_id, "grams": " ".join(some)} for entry_id, some in words.items()]
            )

    def _unindex(self, row: Row[*tuple[Any, ...]]) -> None:
        """SQLite must be told the very words that were indexed."""
        if is_sqlite(self._connection):
            words = " ".join(_grams(row.text, row.marks))
            self._connection.execute(_DELETE_GRAMS, {"id": row.id, "grams": words})


def first_id(at: datetime) -> int:
    """The lowest id of an entry of a call that began then."""
    return max(int((at - _EPOCH).total_seconds()), 0) * _SLOTS


def _place(entry: Entry, turn: int) -> int:
    return first_id(entry.at) + (entry.source_id + turn) % _SLOTS


def _columns(connection: Connection, entry_id: int, entry: Entry) -> dict[str, Any]:
    values = {
        "id": entry_id,
        "kind": entry.kind,
        "source_id": entry.source_id,
        "text": entry.text,
        "marks": " ".join(entry.marks),
    }
    if not is_sqlite(connection):
        values["grams"] = sorted({number_of(each) for each in entry.all_grams})
    return values


def number_of(gram: str) -> int:
    """As PostgreSQL has it: a quarter of the room of the gram itself. Two may share one; the text tells them apart."""
    return zlib.crc32(gram.encode()) - 2**31


def _grams(plain_text: str, marks: str) -> list[str]:
    return [*grams(plain_text), *marks.split()]


_KNOWN = select(_ENTRY.id, _ENTRY.source_id, _ENTRY.text, _ENTRY.marks).where(
    _ENTRY.kind == bindparam("kind"), _ENTRY.source_id.in_(bindparam("source_ids", expanding=True))
)
_INSERT_GRAMS = text("INSERT INTO search_gram(rowid, grams) VALUES (:id, :grams)")
_DELETE_GRAMS = text("INSERT INTO search_gram(search_gram, rowid, grams) VALUES ('delete', :id, :grams)")
