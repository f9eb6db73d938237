"""Tables for spreadsheets: what a caller wrote is text there, whatever it begins with."""

from __future__ import annotations

import csv
import io

import pytest

from hotline.services import csv_table

BEGINNINGS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\r\n=")


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_no_cell_is_a_formula_and_all_of_it_is_there(beginning: str) -> None:
    dangerous = f'{beginning}cmd|"/c calc"!A1,1'
    text = "".join(csv_table.write(["a", "b"], [[dangerous, "plain"]]))
    (_header, (cell, other)) = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert cell == f"'{dangerous}" and other == "plain"


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_was_exported_comes_back_as_it_was(beginning: str) -> None:
    text = "".join(csv_table.write(["name"], [[f"{beginning}x"]])).removeprefix("\ufeff")
    (_header, (cell,)) = csv.reader(io.StringIO(text, newline=""))
    assert csv_table.as_it_was(cell) == f"{beginning}x"
