"""Tables as workbooks (xlsx), for spreadsheets."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

#: A cell holds no more.
_LONGEST = 32_767
#: The name of a sheet has no more, and none of these.
_LONGEST_NAME, _NOT_IN_NAMES = 31, str.maketrans("", "", r"[]:*?/\\")

Sheet = tuple[str, Sequence[str], Iterable[Sequence[str | int]]]


def write(*sheets: Sheet) -> bytes:
    """Each with its name, its header and its lines. A text is a text, whatever it begins with: nothing that a caller
    wrote is a formula."""
    book = Workbook(write_only=True)
    for name, header, lines in sheets:
        sheet = book.create_sheet(name.translate(_NOT_IN_NAMES)[:_LONGEST_NAME])
        for line in (header, *lines):
            sheet.append([_cell(sheet, each) for each in line])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _cell(sheet: Any, value: str | int) -> object:
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
    cell.data_type = "s"
    return cell
