"""Tables as spreadsheets save them (CSV): rows by named columns, English or Chinese, with their lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hotline.services.errors import Refused

#: Words for yes and no in a column.
_YES = frozenset({"1", "yes", "y", "true", "是", "对", "√"})
_NO = frozenset({"", "0", "no", "n", "false", "否", "不"})

#: A cell that begins so is a formula to a spreadsheet: whoever opens the export would run what a caller wrote.
#: The wide signs are what a Chinese keyboard writes; spreadsheets read them as the narrow ones.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def rows(
    text: str, columns: Mapping[str, str], required: Sequence[str], most: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not empty, with its line. `columns`: header as written (lower case) -> name. Raises Refused."""
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""))
    names: list[str] | None = None
    count = 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = _names(cells, columns, required)
                continue
            count += 1
            if count > most:
                raise Refused(f"at most {most} rows were expected")
            yield reader.line_num, _row(names, cells)
    except csv.Error as error:
        raise Refused(f"line {reader.line_num}: a table (CSV) was expected: {error}") from None
    if names is None:
        raise Refused("a table with a first line of column names was expected")


def yes(text: str) -> bool:
    """Raises ValueError."""
    plain = text.strip().lower()
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise ValueError(f"yes or no (是, 否) was expected, got {text[:20]!r}")


def write(header: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """The table, a line at a time, with the mark by which spreadsheets know UTF-8."""
    yield "\ufeff" + _line(header)
    for line in lines:
        yield _line([_harmless(cell) for cell in line])


def _names(header: list[str], columns: Mapping[str, str], required: Sequence[str]) -> list[str]:
    names = [columns.get(field.strip().lower(), "") for field in header]
    missing = [name for name in required if name not in names]
    if missing:
        known = ", ".join(dict.fromkeys(columns.values()))
        raise Refused(f"the first line must name columns ({known}); not found: {', '.join(missing)}")
    return names


def _row(names: list[str], cells: list[str]) -> dict[str, str]:
    found = dict(zip(names, cells, strict=False))
    found.pop("", None)
    return {name: cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
            for name, cell in found.items()}


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
