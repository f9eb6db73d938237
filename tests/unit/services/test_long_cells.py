"""A cell is as long as somebody makes it: what is looked for in it costs no more than its length. With more, one of
these would hold a process for hours."""

from __future__ import annotations

import pytest

from hotline.services.hiring import people_table
from hotline.services.line.roster import BadShift
from hotline.services.line.roster_table import backup

BLANKS = " " * 1_000_000


def test_a2_a_backup_of_blanks_without_end_is_refused() -> None:
    with pytest.raises(BadShift):
        backup(f"王五{BLANKS}13800000002")
    assert backup(f"王五{BLANKS}：{BLANKS}13800000002 ").person == "王五"


@pytest.mark.parametrize("written", ["：13800000002", "王五：", " : ", "王五"])
def test_a2_a_backup_has_a_person_and_a_number(written: str) -> None:
    with pytest.raises(BadShift):
        backup(written)


def test_e4_a_level_behind_blanks_without_end_is_found_or_none() -> None:
    assert people_table._QUEUE_LEVEL.fullmatch(f"销售:{BLANKS}x") is None
    found = people_table._QUEUE_LEVEL.fullmatch(f"销售{BLANKS}: 第 3 级")
    assert found is not None and found.groups() == ("销售", "3")
