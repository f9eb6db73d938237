"""Tables as workbooks (xlsx), for spreadsheets."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

#: What XML cannot hold (XML 1.0, Char): one of them in one cell, and no program opens the workbook.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: A cell holds no more.
_LONGEST = 32_767
#: The name of a sheet has no more, and none of these.
_LONGEST_NAME, _NOT_IN_NAMES = 31, str.maketrans("", "", r"[]:*?/\\")

Cell = str | int | float
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]

#: A sheet has no more rows: more go on in another one.
MOST_ROWS = 1_048_576

#: The moments that a workbook says it was made and changed at.
_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")

#: The first moment that a file within a workbook can have.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def write(*sheets: Sheet, made_at: datetime | None = None) -> bytes:
    """Each with its name, its header and its lines. A text is a text, whatever it begins with: nothing that a caller
    wrote is a formula. With `made_at` the same tables are always the same bytes. Lines are taken one by one and go to a
    file of openpyxl's at once, so they may be read from a database as they are written. What one sheet cannot hold goes
    on in the next, "name (2)", below the same header."""
    book = Workbook(write_only=True)
    for name, header, lines in sheets:
        _fill(book, name.translate(_NOT_IN_NAMES), header, lines)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue() if made_at is None else _dated(kept, made_at)


def _fill(book: Workbook, name: str, header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> None:
    rest, part = iter(lines), 1
    following: Sequence[Cell] | None = next(rest, None)
    while following is not None or part == 1:
        after = f" ({part})" if part > 1 else ""
        sheet = book.create_sheet(f"{name[: _LONGEST_NAME - len(after)]}{after}")
        _append(sheet, header)
        for _row in range(MOST_ROWS - 1):
            if following is None:
                break
            _append(sheet, following)
            following = next(rest, None)
        part += 1


def _append(sheet: Any, line: Sequence[Cell]) -> None:
    sheet.append([_cell(sheet, each) for each in line])


def _dated(kept: io.BytesIO, made_at: datetime) -> bytes:
    """As if it had been written at that moment: a workbook is an archive, whose files have moments of their own."""
    moment = made_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    again = io.BytesIO()
    with zipfile.ZipFile(kept) as written, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as whole:
        for each in written.infolist():
            again_named = zipfile.ZipInfo(each.filename, _NO_TIME)
            again_named.compress_type, again_named.file_size = zipfile.ZIP_DEFLATED, each.file_size
            if each.filename == "docProps/core.xml":
                whole.writestr(again_named, _MOMENTS.sub(rb"\g<1>" + moment, written.read(each)))
                continue
            # Piece by piece: unpacked, a sheet of a million rows takes hundreds of megabytes.
            with written.open(each) as source, whole.open(again_named, "w") as target:
                shutil.copyfileobj(source, target)
    return again.getvalue()


def _cell(sheet: Any, value: Cell) -> object:
    if isinstance(value, (int, float)):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("", value)[:_LONGEST])
    cell.data_type = "s"
    return cell
