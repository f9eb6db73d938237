"""The same rows as files of every kind that an office has."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[str]]


def separated(rows: Rows, separator: str) -> str:
    """Quoted where it must be, each line ended as Windows does."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-8 with two marks": lambda text: b"\xef\xbb\xbf" + text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 big": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
    "gb18030": lambda text: text.encode("gb18030"),
}

#: Comma, semicolon, tab and full-width comma; and a line that names the separator.
SEPARATORS = {
    "comma": (",", ""),
    "semicolon": (";", ""),
    "tab": ("\t", ""),
    "full-width comma": ("，", ""),
    "named": ("|", "sep=|\r\n"),
}


def sheet_of(book: openpyxl.Workbook) -> Worksheet:
    """The one that a new workbook has."""
    assert isinstance(book.active, Worksheet)
    return book.active


def workbook(rows: Sequence[Sequence[object]], more: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    """One sheet, as typed; `more`: what else is done to the workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        sheet_of(book).append(list(row))
    if more:
        more(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def typed(rows: Rows) -> list[list[object]]:
    """As a person types it into a spreadsheet: digits become numbers, times become days."""
    return [[_typed(cell) for cell in row] for row in rows]


def _typed(cell: str) -> object:
    if cell.isascii() and cell.isdigit():
        return int(cell)
    try:
        return datetime.strptime(cell, "%Y-%m-%d %H:%M")  # noqa: DTZ007
    except ValueError:
        return cell


def with_part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The workbook with one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, change(text.decode()).encode() if part == name else text)
    return file.getvalue()
