"""Tables brought in by commands: what columns mean, which sheet, and a run that writes nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from hotline.bootstrap import Hotline
from tests.support import tables
from tests.support.instance import an_instance, at, run, run_json
from tests.support.tables import sheet_of

KINDS = {
    "customers": [["姓名", "手机", "会员等级"], ["张伟", "13800138000", "金"]],
    "directory": [["姓名", "手机", "会员等级"], ["赵敏", "13800000001", "金"]],
    "roster": [
        ["值班人", "手机", "会员等级", "开始时间", "结束时间"],
        ["赵六", "13800000003", "金", "2026年9月17日 下午5点半", "2026/9/17 24:00"],
    ],
}


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-09-16T18:00"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_that_is_not_known_is_mapped_or_left_out(hotline: Hotline, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(tables.workbook(KINDS[kind]))
    for dry_run in ([], ["--dry-run"]):
        refused = run(hotline, kind, "import", str(file), *dry_run)
        assert refused.exit_code == 1
        assert "Line 1, column 会员等级: Say what this column means" in refused.stderr
    foreseen = run_json(hotline, kind, "import", str(file), "--map", "会员等级=-", "--dry-run")
    assert foreseen["dry_run"] is True
    done = run_json(hotline, kind, "import", str(file), "--map", "会员等级=note")
    assert len(done["added"]) == len(foreseen["added"]) == 1 if kind == "roster" else done["added"] == 1
    again = run_json(hotline, kind, "import", str(file), "--map", "C=note")
    assert again["known"] == 1, "the dry run had written nothing, and the second time nothing is new"


def test_what_should_be_known_of_a_table_is_told_beside_the_result(hotline: Hotline, tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    file.write_bytes("客户名单\n序号,姓名,手机\n1,张伟,13800138000\n".encode("gb18030"))
    done = run(hotline, "customers", "import", str(file))
    assert done.stdout == "1 added, 0 completed, 0 known already\n"
    assert done.stderr.splitlines() == [
        "Line 1: Taken for a title, not for a row: 客户名单",
        "Line 2, column 序号: Running numbers are left out.",
    ]


def test_a_sheet_and_the_line_of_headings_are_chosen(hotline: Hotline, tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    book = openpyxl.Workbook()
    sheet_of(book).append(["每行一人"])
    people = book.create_sheet("人员")
    for row in (["甲", "乙"], ["张伟", 13800138000]):
        people.append(row)
    book.save(file)
    both = run(hotline, "customers", "import", str(file))
    assert "several sheets: Sheet、人员" in both.stderr
    done = run_json(
        hotline,
        "customers",
        "import",
        str(file),
        "--sheet",
        "人员",
        "--headings",
        "1",
        "--map",
        "甲=name",
        "--map",
        "B=numbers",
    )
    assert done["added"] == 1


@pytest.mark.parametrize("wrong", ["name", "=name", " =name"])
def test_a_mapping_that_says_nothing_is_refused(hotline: Hotline, tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "表.csv"
    file.write_text("姓名\n张伟\n", "utf-8")
    refused = run(hotline, "customers", "import", str(file), "--map", wrong)
    assert refused.exit_code == 2 and "COLUMN=FIELD was expected" in refused.stderr
