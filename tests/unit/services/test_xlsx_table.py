"""F1: a workbook loses no line, however many there are, and takes them one by one."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest

from hotline.services import xlsx_table


@pytest.mark.parametrize(("lines", "sheets"), [(0, [1]), (1, [2]), (3, [4]), (4, [4, 2]), (7, [4, 4, 2])])
def test_f1_what_one_sheet_cannot_hold_goes_on_in_the_next(
    monkeypatch: pytest.MonkeyPatch, lines: int, sheets: list[int]
) -> None:
    monkeypatch.setattr(xlsx_table, "MOST_ROWS", 4)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_table.write(("Calls", ["Number"], ([n] for n in range(lines))))))
    assert [sheet.max_row for sheet in book.worksheets] == sheets
    assert book.sheetnames == ["Calls", "Calls (2)", "Calls (3)"][: len(sheets)]
    told = [row[0] for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert told == list(range(lines)) and all(sheet["A1"].value == "Number" for sheet in book.worksheets)


def test_f1_lines_are_taken_as_they_are_written() -> None:
    """None is held back: at most the one that is written and the one after it are alive."""
    alive: list[int] = []

    class Line(list[int]):
        def __init__(self, n: int) -> None:
            super().__init__([n])
            alive.append(n)

        def __del__(self) -> None:
            alive.remove(self[0])

    most = 0

    def lines() -> Iterator[Line]:
        nonlocal most
        for n in range(100):
            yield Line(n)
            most = max(most, len(alive))

    xlsx_table.write(("Calls", ["Number"], lines()))
    assert most <= 3


@pytest.mark.parametrize("odd", ["\0", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_f1_no_sign_that_a_caller_sends_keeps_anybody_from_opening_the_workbook(odd: str) -> None:
    """XML has no way to write it: the whole workbook would be damaged."""
    made = xlsx_table.write(("Calls", ["Name"], [[f"张{odd}伟"], ["\U0010ffff\t💥"]]))
    rows = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0].iter_rows(min_row=2, values_only=True)
    assert [cell for (cell,) in rows] == ["张伟", "\U0010ffff\t💥"]
