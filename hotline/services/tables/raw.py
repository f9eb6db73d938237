"""A table as read from a file: lines of cells, not yet interpreted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hotline.services.tables.faults import Note, TableProblem


@dataclass(frozen=True, slots=True)
class RawRow:
    """`line`: where it begins in the file, or its row in the sheet."""

    line: int
    cells: tuple[str, ...]

    def has_content(self) -> bool:
        return any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RawTable:
    """Rows with content. `source`: how it was read, for people (GB 18030, xlsx). `separator`: "" for a sheet.
    `bad`: cells by (line, column from 0) that hold no value that could be read."""

    rows: Sequence[RawRow]
    source: str
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    bad: Mapping[tuple[int, int], TableProblem] = field(default_factory=dict)


def letter(column: int) -> str:
    """A, B … Z, AA: a column from 0 as spreadsheets name it."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
