"""Files that are made to harm whoever reads them: each is refused in words, within moments, or read as what it is."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from hotline.services.customers.table import read_customers
from hotline.services.tables import separated
from hotline.services.tables import workbook as reading
from hotline.services.tables.faults import Faults
from tests.support.tables import with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"
PLAIN = workbook([["姓名", "电话"], ["张伟", "13800138000"]])


def fault(content: bytes | str) -> str:
    with pytest.raises(Faults) as refused:
        read_customers(content)
    return str(refused.value.faults[0].problem)


def with_rows(rows: str) -> bytes:
    """A workbook whose sheet has these rows behind its own."""
    return with_part(PLAIN, SHEET, lambda text: text.replace("</sheetData>", f"{rows}</sheetData>"))


def test_e4_a_line_of_millions_of_columns_is_refused() -> None:
    """The page would offer a choice for each."""
    wide = "姓名,电话" + ",x" * 2_000_000 + "\n张伟,13800138000\n"
    assert fault(wide) == "too_many_columns"
    below = "姓名,电话\n张伟,13800138000\n李四,13900139000" + ",x" * separated.MOST_COLUMNS
    assert fault(below) == "too_many_columns"


def test_e4_empty_columns_without_end_are_none() -> None:
    empty = "," * 300_000
    assert len(read_customers(f"姓名,电话{empty}\n张伟,13800138000{empty}\n")) == 1


def test_e4_rows_that_never_close_cost_no_more_than_their_length() -> None:
    """Each of them was looked at to the end of the file."""
    assert fault(with_rows("<row " * 2_000_000 + ">")) == "damaged"
    assert len(read_customers(with_rows("<!--" + "<row <mergeCell " * 500_000 + "-->"))) == 1


def test_e4_empty_cells_at_the_far_right_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million of them take thirty megabytes, unpacked, and hours to read."""
    monkeypatch.setattr(reading, "_MOST_CELLS", 200_000)
    far = "".join(f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(3, 1000))
    assert fault(with_rows(far)) == "too_large"
    few = "".join(f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(3, 6))
    assert len(read_customers(with_rows(few))) == 1


def _as_utf8(content: bytes) -> bytes:
    """Its directory says that names are UTF-8, and they are not."""
    at = content.index(b"PK\x01\x02")
    head = bytearray(content)
    struct.pack_into("<H", head, at + 8, 0x800)
    return bytes(head).replace(b"[Content_Types].xml", b"[Content_Types\xff.xml")


def _of_a_later_version(content: bytes) -> bytes:
    at = content.index(b"PK\x01\x02")
    head = bytearray(content)
    struct.pack_into("<H", head, at + 6, 99)
    return bytes(head)


@pytest.mark.parametrize("spoilt", [_as_utf8, _of_a_later_version])
def test_e4_an_archive_that_nobody_can_read_is_damaged(spoilt: Callable[[bytes], bytes]) -> None:
    assert fault(spoilt(PLAIN)) == "damaged"


@pytest.mark.parametrize("separator", ['"', "\r", " ", "\\", "7"])
def test_e4_any_separator_that_a_file_names_gives_rows_or_a_refusal(separator: str) -> None:
    with pytest.raises(Faults):
        read_customers(f"sep={separator}\n姓名,电话\n张伟,13800138000\n")


@pytest.mark.parametrize("before", ["", "<!-- -->" * 20_000])
def test_e4_a_part_that_declares_entities_of_its_own_is_damaged(before: str) -> None:
    declared = f"{before}<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    hostile = with_part(PLAIN, SHEET, lambda text: declared + text.replace("</sheetData>", "&b;</sheetData>"))
    assert fault(hostile) == "damaged"
