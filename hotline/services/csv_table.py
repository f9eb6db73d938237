"""Tables as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

#: A cell that begins so is a formula to a spreadsheet: whoever opens the export would run what a caller wrote.
#: The wide signs are what a Chinese keyboard writes; spreadsheets read them as the narrow ones.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def write(header: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """The table, a line at a time, with the mark by which spreadsheets know UTF-8."""
    yield "\ufeff" + _line(header)
    for line in lines:
        yield _line([_harmless(cell) for cell in line])


def as_it_was(cell: str) -> str:
    """The cell before it was made harmless."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
