"""Finding what was said and written, and building the whole index anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, column, delete, func, select, table, text

from hotline.domain.search import wanted_grams
from hotline.domain.transcript import Transcript, TranscriptState
from hotline.services.ports_search import SearchFilter, SearchHit
from hotline.storage.forms import form_of_row
from hotline.storage.search_index import Entry, SearchIndex, first_id, form_entry, kind_mark, transcript_entry
from hotline.storage.tables import call, call_form, recording, search_entry, transcript
from hotline.storage.tables.search import is_sqlite
from hotline.storage.transcripts import transcript_of

_AT_ONCE = 500

_ENTRY = search_entry.c


class SqlSearch:
    """Fulfils hotline.services.ports_search.Search."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, wanted: SearchFilter, limit: int, offset: int = 0) -> list[SearchHit]:
        if not wanted.words:
            return []
        question = select(_ENTRY.kind, _ENTRY.source_id)
        if is_sqlite(self._connection):
            question = question.select_from(_GRAM.join(search_entry, _ENTRY.id == _GRAM.c.rowid))
            key, matches = _GRAM.c.rowid, text("search_gram MATCH :question")
        else:
            key, matches = _ENTRY.id, text("search_entry.grams @@ CAST(:question AS tsquery)")
        asked = _question(wanted, " AND " if is_sqlite(self._connection) else " & ")
        rows = self._connection.execute(
            question.where(matches, *_when(key, wanted), *map(self._stands, wanted.words))
            .order_by(key.desc()).limit(limit).offset(offset), {"question": asked})
        return [SearchHit(row.kind, row.source_id) for row in rows]

    def transcripts(self, ids: Sequence[int]) -> dict[int, Transcript]:
        rows = self._connection.execute(select(transcript).where(transcript.c.id.in_(ids)))
        return {row.id: transcript_of(row) for row in rows}

    def forget(self, kind: str, source_ids: Sequence[int]) -> None:
        SearchIndex(self._connection).forget(kind, source_ids)

    def _stands(self, word: str) -> ColumnElement[bool]:
        """The index knows pairs of characters; whether they stand together, the text itself says."""
        find = func.instr if is_sqlite(self._connection) else func.strpos
        return find(_ENTRY.text, word) > 0


def rebuild(connection: Connection) -> int:
    """The whole index anew, from what the transcripts and forms say now; how many entries there are."""
    if is_sqlite(connection):
        connection.execute(text("INSERT INTO search_gram(search_gram) VALUES ('delete-all')"))
    connection.execute(delete(search_entry))
    index, count = SearchIndex(connection), 0
    for entries in _batches(_all_entries(connection)):
        index.keep(entries)
        count += len(entries)
    return count


def _all_entries(connection: Connection) -> Iterator[Entry]:
    its_call = and_(call.c.node == recording.c.node, call.c.linkedid == recording.c.linkedid)
    said = (
        select(transcript, recording.c.started_at, call.c.started_at.label("called_at"), call.c.detail)
        .join(recording, recording.c.id == transcript.c.recording_id).join(call, its_call, isouter=True)
        .where(transcript.c.state == TranscriptState.DONE.value, transcript.c.text != ""))
    for row in _rows(connection, said, transcript.c.id):
        yield transcript_entry(transcript_of(row), row.detail, row.called_at or row.started_at)
    for row in _rows(connection, select(call_form), call_form.c.id):
        yield form_entry(form_of_row(row))


def _rows(connection: Connection, wanted: Any, key: ColumnElement[int]) -> Iterator[Row[Any]]:
    """All of them, so many at a time."""
    last = 0
    while rows := connection.execute(wanted.where(key > last).order_by(key).limit(_AT_ONCE)).all():
        yield from rows
        last = rows[-1].id


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == _AT_ONCE:
            yield sorted(batch, key=lambda each: each.at)
            batch = []
    if batch:
        yield batch


def _question(wanted: SearchFilter, both: str) -> str:
    """In the language of FTS5 or of a tsquery; grams and marks are plain ASCII letters and digits."""
    needed = [*wanted_grams(wanted.words), *([kind_mark(wanted.kind)] if wanted.kind else [])]
    either = " OR " if "AND" in both else " | "
    quote = '"' if "AND" in both else "'"
    parts = [f"{quote}{each}{quote}" for each in needed]
    if wanted.whose:
        parts.append("(" + either.join(f"{quote}{each}{quote}" for each in wanted.whose) + ")")
    return both.join(parts)


def _when(key: ColumnElement[int], wanted: SearchFilter) -> list[ColumnElement[bool]]:
    since = [key >= first_id(wanted.since)] if wanted.since else []
    return since + ([key < first_id(wanted.until)] if wanted.until else [])


_GRAM = table("search_gram", column("rowid"), column("grams"))
