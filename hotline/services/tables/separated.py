"""Text with separators as rows: comma, semicolon, tab or full-width comma, whichever makes the headings known."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice

from hotline.services.tables.faults import Faults, Note, NoteKind, TableProblem, refusal
from hotline.services.tables.raw import RawRow, RawTable, letter

SEPARATORS = (",", ";", "\t", "，", "；", "|")

#: Rows in which headings are looked for; what stands above them is a title.
LOOKED_AT = 20
MOST_COLUMNS = 200
_SEP_LINE = re.compile(r'\s*"?sep=(.)"?[,;\t]*[^\S\n]*(?:\r\n|\r|\n|$)', re.IGNORECASE)

IsHeading = Callable[[str], bool]


def read(text: str, source: str, is_heading: IsHeading, most: int) -> RawTable:
    """Raises Faults for more than `most` rows, and where a quotation mark stands wrongly."""
    told = _SEP_LINE.match(text)
    before = text[: told.end()].count("\n") if told else 0
    body = text[told.end() :] if told else text
    separator = told[1] if told else _separator(body, is_heading)
    rows = []
    for row in _rows(body, separator, before):
        if row.has_content():
            rows.append(row)
        if len(rows) > most + LOOKED_AT:
            raise too_many(most)
    return RawTable(rows, source, separator, notes=tuple(_bad_bytes(rows)))


def too_many(most: int) -> Faults:
    return refusal(TableProblem.TOO_MANY_ROWS, str(most))


def known_headings(rows: list[RawRow], is_heading: IsHeading) -> tuple[int, int]:
    """Of the row that holds most headings: its place (-1: none holds enough) and how many it holds.

    Two, or half of what stands in the row, are headings at least, so that no row of values is taken for one.
    """
    best, place = 0, -1
    for index, row in enumerate(rows[:LOOKED_AT]):
        filled = [cell for cell in row.cells if cell.strip()]
        known = sum(is_heading(cell) for cell in filled)
        if known > best and (known > 1 or known * 2 >= len(filled)):
            best, place = known, index
    return place, best


def _separator(text: str, is_heading: IsHeading) -> str:
    return max(SEPARATORS, key=lambda each: _fit(text, each, is_heading))


def _fit(text: str, separator: str, is_heading: IsHeading) -> tuple[int, int, int]:
    """How many headings it makes known, how few rows are then wider than they, and how many cells it makes."""
    rows: list[RawRow] = []
    with suppress(Faults):  # what stands before the fault tells enough
        rows += (row for row in islice(_rows(text, separator, 0), 3 * LOOKED_AT) if row.has_content())
    place, known = known_headings(rows, is_heading)
    wider = sum(len(row.cells) > len(rows[place].cells) for row in rows[place:]) if place >= 0 else 0
    return known, -wider, sum(len(row.cells) for row in rows[:LOOKED_AT])


def _rows(text: str, separator: str, before: int) -> Iterator[RawRow]:
    """Each with the line in which it begins. Raises Faults."""
    # Strict: a mark that is never closed would else swallow all that follows into one cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = before + 1
    try:
        for cells in reader:
            while cells and not cells[-1].strip() and len(cells) > MOST_COLUMNS:
                cells.pop()
            if len(cells) > MOST_COLUMNS:
                raise refusal(TableProblem.TOO_MANY_COLUMNS, str(MOST_COLUMNS), line)
            yield RawRow(line, tuple(cells))
            line = before + reader.line_num + 1
    except csv.Error:
        raise refusal(TableProblem.QUOTE, line=line) from None


def _bad_bytes(rows: list[RawRow]) -> Iterator[Note]:
    for row in rows:
        for place, cell in enumerate(row.cells):
            if "\ufffd" in cell:
                yield Note(NoteKind.BAD_BYTE, row.line, letter(place))
