"""A sheet of a workbook (xlsx) as rows of text, within bounds: what is unpacked, how many rows and columns."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.utils.escape import unescape

from hotline.services.tables.faults import Faults, Note, NoteKind, TableProblem, refusal
from hotline.services.tables.kinds import damaged
from hotline.services.tables.raw import RawRow, RawTable, letter
from hotline.services.tables.separated import LOOKED_AT, MOST_COLUMNS, too_many

#: An honest table unpacks to less, a packed bomb to more: so much in all, and by the rows that may be.
MOST_UNPACKED = 256 * 1024 * 1024
_UNPACKED, _UNPACKED_A_ROW = 16 * 1024 * 1024, 2 * 1024
#: No spreadsheet has more, whatever a file says.
_LAST_ROW = 1_048_576
#: An empty cell at the far right, in each of a million rows, takes no room in a file and hours to read.
_MOST_CELLS = 5_000_000
_MOST_MERGED = 20_000

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s[^<>]*?hidden="(?:1|true)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the part of a sheet says that openpyxl leaves out when it reads row by row."""

    merged: tuple[tuple[int, int, int, int], ...]
    hidden_rows: int
    has_formulas: bool


#: How well the first rows of a sheet fit what is expected.
Fit = Callable[[list[RawRow]], int]


def read(content: bytes, sheet: str, most: int, fit: Fit | None = None) -> RawTable:
    """The sheet of that name, else the only visible one with content (with `fit`: of several the one that fits best).
    Raises Faults."""
    try:
        _check_size(content, most)
        return _read(content, sheet, most, fit)
    except Faults:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
        raise damaged() from error


def _check_size(content: bytes, most: int) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # A part is never unpacked further than it is said to be long, so this bounds it. By any name: which part is a
        # sheet is said within. Pictures hardly grow.
        grows = sum(max(0, part.file_size - part.compress_size) for part in archive.infolist())
        if grows > min(MOST_UNPACKED, _UNPACKED + most * _UNPACKED_A_ROW):
            raise refusal(TableProblem.TOO_LARGE)
        for part in archive.infolist():
            with archive.open(part) as file:
                if _DECLARED.search(file.read(64 * 1024)):
                    raise damaged()


def _read(content: bytes, sheet: str, most: int, fit: Fit | None) -> RawTable:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        visible = [each.title for each in book.worksheets if each.sheet_state == "visible"]
        name, filled = _chosen(book, sheet, visible, fit)
        seen = _look(content, book[name])
        rows = list(_rows(book[name], most))
        bad = _not_calculated(content, name, rows) if seen.has_formulas else {}
        notes = list(_notes(book, name, filled, seen))
        return RawTable(_filled_down(rows, seen), "xlsx", "", name, tuple(filled), tuple(notes), bad)
    finally:
        book.close()


def _chosen(book: Any, sheet: str, visible: list[str], fit: Fit | None) -> tuple[str, list[str]]:
    """The sheet to read, and all visible ones with content."""
    names = [each.title for each in book.worksheets]
    if sheet and sheet not in names:
        raise refusal(TableProblem.NO_SHEET, "、".join(names))
    filled = [name for name in visible if next(_rows(book[name], 1), None)]
    if sheet:
        return sheet, filled
    if not filled:
        hidden = "、".join(name for name in names if name not in visible)
        raise refusal(TableProblem.ONLY_HIDDEN, hidden) if hidden else refusal(TableProblem.EMPTY)
    if len(filled) > 1 and fit:
        return max(filled, key=lambda name: fit(list(islice(_rows(book[name], _LAST_ROW), LOOKED_AT)))), filled
    if len(filled) > 1:
        raise refusal(TableProblem.SHEETS, "、".join(filled))
    return filled[0], filled


def _rows(sheet: Any, most: int) -> Iterator[RawRow]:
    """Those with content. Raises Faults for too many rows or columns."""
    sheet.reset_dimensions()
    kept = seen = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        seen += len(cells)
        if number > _LAST_ROW or seen > _MOST_CELLS:
            raise refusal(TableProblem.TOO_LARGE, line=number)
        if cells.count(None) == len(cells):
            continue
        texts = [_text(value) for value in cells]
        while texts and not texts[-1].strip():
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            raise refusal(TableProblem.TOO_MANY_COLUMNS, str(MOST_COLUMNS), number)
        if not texts:
            continue
        kept += 1
        if kept > most + LOOKED_AT:
            raise too_many(most)
        yield RawRow(number, tuple(texts))


def _text(value: object) -> str:
    """As a person would type it: whole numbers without a point, times as 2026-09-01 18:00."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        # A time alone, kept as a part of the day zero of spreadsheets.
        if value.year <= 1900:
            return _text(value - datetime(1899, 12, 31, tzinfo=value.tzinfo))
        return f"{value:%Y-%m-%d %H:%M:%S}" if value.second else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        rest = f":{seconds % 60:02}" if seconds % 60 else ""
        return f"{seconds // 3600}:{seconds // 60 % 60:02}{rest}"
    return unescape(str(value))


def _look(content: bytes, sheet: Any) -> _Seen:
    merged: list[tuple[int, int, int, int]] = []
    hidden, formulas, tail = 0, False, b""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(sheet._worksheet_path) as part:  # noqa: SLF001 - openpyxl tells it nowhere else
        while chunk := part.read(1024 * 1024):
            # Whole tags only: what is cut off at the end is looked at with what follows.
            text = tail + chunk
            end = text.rfind(b">") + 1
            text, tail = text[:end], text[end:][-4096:]
            # _MERGED asks for column and row of both corners, so none of the four is None.
            merged += [range_boundaries(found.decode()) for found in _MERGED.findall(text)]  # type: ignore[misc]
            hidden += len(_HIDDEN.findall(text))
            formulas = formulas or _FORMULA.search(text) is not None
            if len(merged) > _MOST_MERGED:
                raise refusal(TableProblem.TOO_MANY_MERGED)
    return _Seen(tuple(merged), hidden, formulas)


def _filled_down(rows: list[RawRow], seen: _Seen) -> list[RawRow]:
    """What is merged downwards holds for each of its rows; what is merged across stays in its first column."""
    value: dict[tuple[int, int], str] = {}
    by_line = {row.line: row for row in rows}
    for first_column, first, _last_column, last in seen.merged:
        top = by_line.get(first)
        if last == first or top is None or first_column > len(top.cells) or not top.cells[first_column - 1]:
            continue
        value |= {
            (line, first_column - 1): top.cells[first_column - 1]
            for line in range(first + 1, last + 1)
            if line in by_line
        }
    if not value:
        return rows
    return [
        RawRow(row.line, tuple(cell or value.get((row.line, place), "") for place, cell in enumerate(row.cells)))
        for row in rows
    ]


def _not_calculated(content: bytes, name: str, rows: list[RawRow]) -> dict[tuple[int, int], TableProblem]:
    """Formulas that no spreadsheet has calculated: a program wrote them, and the file holds no value of theirs."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    known = {row.line: row.cells for row in rows}
    try:
        sheet = book[name]
        sheet.reset_dimensions()
        return {
            (number, place): TableProblem.NOT_CALCULATED
            for number, cells in enumerate(sheet.iter_rows(), start=1)
            for place, cell in enumerate(cells)
            if cell.data_type == "f" and not (known.get(number, ())[place : place + 1] or ("",))[0]
        }
    finally:
        book.close()


def _notes(book: Any, name: str, filled: list[str], seen: _Seen) -> Iterator[Note]:
    others = [
        each.title
        for each in book.worksheets
        if each.title != name and (each.title in filled or each.sheet_state != "visible")
    ]
    if others:
        yield Note(NoteKind.OTHER_SHEETS, got="、".join(others))
    if seen.hidden_rows:
        yield Note(NoteKind.HIDDEN_ROWS, got=str(seen.hidden_rows))
    for first_column, first, _last_column, last in [each for each in seen.merged if each[3] > each[1]][:10]:
        yield Note(NoteKind.MERGED, first, letter(first_column - 1), str(last))
