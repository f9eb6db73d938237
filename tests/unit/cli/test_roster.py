"""`hotline roster` (A2, A16)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from tests.support.instance import an_instance, at, clock_of, run, run_json

SITE = """
[[roster]]
person = "李四"
numbers = ["13800000001"]
starts_at = 2026-09-16T17:30:00
ends_at = 2026-09-17T09:00:00
backups = [{ person = "王五", number = "13800000002" }]
"""
TABLE = """person,numbers,starts_at,ends_at,backups,note
赵六,13800000003;13800000004,2026-09-17 17:30,2026-09-18 09:00,王五:13800000002,夜班
,,,,,
孙七,010-88886666,2026/9/18 17:30,2026/9/21 9:00,,
"""


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-09-16T18:00"), SITE)


def add(hotline: Hotline, *arguments: str) -> dict[str, object]:
    return run_json(hotline, "roster", "add", *arguments)


def test_a2_shifts_of_the_settings_and_kept_ones_stand_in_one_list(hotline: Hotline) -> None:
    added = add(
        hotline,
        "赵六",
        "138 0000 0003",
        "--from",
        "2026-09-17 17:30",
        "--to",
        "2026-09-18 09:00",
        "--backup",
        "王五:13800000002",
        "--note",
        "替班",
    )
    listed = run_json(hotline, "roster", "list")
    assert [(s["person"], s["source"]) for s in listed["shifts"]] == [("李四", "settings"), ("赵六", "roster")]
    assert listed["shifts"][1] == added
    assert added["numbers"] == ["13800000003"]
    assert added["backups"] == [{"person": "王五", "number": "13800000002"}]
    assert [d["person"] for d in listed["on_duty"]] == ["李四", "王五"]


def test_a2_the_list_for_people_shows_who_is_on_duty(hotline: Hotline) -> None:
    text = run(hotline, "roster", "list").stdout
    assert "On duty now: 李四 13800000001, 王五 13800000002" in text
    assert "2026-09-16 17:30" in text


def test_a2_a_removed_shift_is_gone_and_one_that_is_not_there_is_said(hotline: Hotline) -> None:
    added = add(hotline, "赵六", "13800000003", "--from", "+1d", "--to", "+2d")
    assert run(hotline, "roster", "remove", str(added["id"])).exit_code == 0
    assert len(run_json(hotline, "roster", "list")["shifts"]) == 1
    again = run(hotline, "roster", "remove", str(added["id"]))
    assert again.exit_code == 1
    assert "There is no shift" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("赵六", "13800000003", "--from", "+2d", "--to", "+1d"), "must end after it starts"),
        (("赵六", "13800000003", "--from", "+1d", "--to", "+1d"), "must end after it starts"),
        (("赵六", "13800000003", "--from", "-3d", "--to", "-2d"), "This shift is over already."),
        (("赵六", "13800000003", "--from", "now", "--to", "+400d"), "at most 366 days"),
        (("赵六", "12345678901", "--from", "now", "--to", "+1d"), "A telephone number like"),
        (("赵六", "13800000003;system(id)", "--from", "now", "--to", "+1d"), "A telephone number like"),
        ((" ", "13800000003", "--from", "now", "--to", "+1d"), "A person's name"),
        (("赵" * 41, "13800000003", "--from", "now", "--to", "+1d"), "A person's name"),
        (("赵六", "13800000003", "--from", "now", "--to", "+1d", "--backup", "王五"), "A backup like"),
        (("赵六", "13800000003", "--from", "now", "--to", "+1d", "--backup", "王五:1"), "A telephone number like"),
        (("赵六", "13800000003", "--from", "later", "--to", "+1d"), "was expected, not “later”."),
    ],
)
def test_a2_a_shift_that_makes_no_sense_is_refused_in_clear_words(
    hotline: Hotline, arguments: tuple[str, ...], said: str
) -> None:
    result = run(hotline, "roster", "add", *arguments)
    assert result.exit_code != 0
    assert said in result.stderr
    assert len(run_json(hotline, "roster", "list")["shifts"]) == 1


def test_a2_the_same_shift_is_not_kept_twice(hotline: Hotline) -> None:
    arguments = ("赵六", "13800000003", "--from", "2026-09-18 18:00", "--to", "2026-09-19 09:00")
    add(hotline, *arguments)
    result = run(hotline, "roster", "add", *arguments)
    assert "has this shift already" in result.stderr


def test_a16_gaps_and_overlaps_are_reported(hotline: Hotline) -> None:
    add(hotline, "赵六", "13800000003", "--from", "2026-09-17 08:00", "--to", "2026-09-18 00:00")
    found = run_json(hotline, "roster", "gaps", "--until", "2026-09-18 10:00")
    assert found["gaps"] == [{"from": "2026-09-17T16:00:00Z", "to": "2026-09-18T01:00:00Z", "lines": ["main"]}]
    [overlap] = found["overlaps"]
    assert (overlap["one"]["person"], overlap["other"]["person"]) == ("李四", "赵六")
    assert (overlap["from"], overlap["to"]) == ("2026-09-17T00:00:00Z", "2026-09-17T01:00:00Z")
    text = run(hotline, "roster", "gaps", "--until", "2026-09-18 10:00").stdout
    assert "Nobody is on duty" in text
    assert "9.0" in text
    assert "Two are on duty" in text


def test_a16_with_whole_working_hours_need_somebody_too(hotline: Hotline) -> None:
    found = run_json(hotline, "roster", "gaps", "--until", "2026-09-17 10:00", "--whole")
    assert found["gaps"] == [{"from": "2026-09-17T01:00:00Z", "to": "2026-09-17T02:00:00Z", "lines": ["main"]}]
    assert run_json(hotline, "roster", "gaps", "--until", "2026-09-17 10:00")["gaps"] == []
    assert "at all times that need it" in run(hotline, "roster", "gaps", "--until", "2026-09-17 10:00").stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a2_a_table_is_imported_as_spreadsheets_save_it(hotline: Hotline, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "roster.csv"
    file.write_bytes(TABLE.replace("\n", "\r\n").encode(encoding))
    done = run_json(hotline, "roster", "import", str(file))
    assert [(s["person"], s["from"], s["to"]) for s in done["added"]] == [
        ("赵六", "2026-09-17T09:30:00Z", "2026-09-18T01:00:00Z"),
        ("孙七", "2026-09-18T09:30:00Z", "2026-09-21T01:00:00Z"),
    ]
    assert done["added"][0]["numbers"] == ["13800000003", "13800000004"]
    assert done["added"][0]["backups"] == [{"person": "王五", "number": "13800000002"}]
    assert done["added"][0]["note"] == "夜班"
    assert run_json(hotline, "roster", "import", str(file)) == {"added": [], "known": 2}


def test_a2_the_columns_may_be_named_in_chinese_and_stand_in_any_order(hotline: Hotline, tmp_path: Path) -> None:
    file = tmp_path / "值班表.csv"
    file.write_text("开始时间,结束时间,值班人,手机\n2026-09-18 18:00,2026-09-19 08:00,赵六,13800000003\n", "utf-8")
    assert [s["person"] for s in run_json(hotline, "roster", "import", str(file))["added"]] == ["赵六"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "The file is empty."),
        ("person,numbers\n赵六,1\n", "No column holds what is needed: starts_at or span, ends_at or span"),
        (TABLE + "周八,13800000005,soon,later,,\n", "Line 5, column starts_at: A time like"),
        (
            TABLE + "周八,13800000005,2026-02-30 18:00,2026-09-30 09:00,,\n",
            "Line 5, column starts_at: 2026-02-30 18:00: there is no",
        ),
        (TABLE + "周八,123,2026-09-29 18:00,2026-09-30 09:00,,\n", "Line 5, column numbers: A telephone number like"),
        (TABLE + "周八,13800000005,2026-09-30 18:00,2026-09-30 09:00,,\n", "Line 5, column ends_at: The shift must"),
        (TABLE + "周八,13800000005,2026-09-30 18:00,2026-10-01 09:00,某人,\n", "Line 5, column backups: A backup like"),
        (
            TABLE + "周八,,2026-09-30 18:00,2026-10-01 09:00,,\n",
            "Line 5, column numbers: At least one telephone number",
        ),
        (TABLE + "周八,13800000005\n", "Line 5, column starts_at"),
    ],
)
def test_a2_a_table_with_one_bad_row_adds_nothing_and_names_it(
    hotline: Hotline, tmp_path: Path, table: str, said: str
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(table, "utf-8")
    result = run(hotline, "roster", "import", str(file))
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(run_json(hotline, "roster", "list")["shifts"]) == 1


def test_a2_a_file_that_is_no_text_is_refused(hotline: Hotline, tmp_path: Path) -> None:
    file = tmp_path / "roster.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xff\xff\x00\x00" * 20)
    result = run(hotline, "roster", "import", str(file))
    assert result.exit_code == 1
    assert "Save it as xlsx" in result.stderr


def test_a2_a_handover_is_recorded(hotline: Hotline) -> None:
    done = run(hotline, "roster", "handover", "李四", "王五", "--note", "张女士 20:00 前回电", "--by", "王主管")
    assert "李四 handed over to 王五" in done.stdout
    clock_of(hotline).advance(hours=1)
    run(hotline, "roster", "handover", "王五", "赵六")
    latest, first = run_json(hotline, "roster", "handovers")
    assert (latest["from"], latest["to"]) == ("王五", "赵六")
    assert first == {
        "at": "2026-09-16T10:00:00Z",
        "from": "李四",
        "to": "王五",
        "by": "王主管",
        "note": "张女士 20:00 前回电",
        "line": "",
    }
    assert "王五" in run(hotline, "roster", "handovers").stdout


def test_a2_a_handover_to_oneself_is_refused(hotline: Hotline) -> None:
    result = run(hotline, "roster", "handover", "李四", " 李四 ")
    assert result.exit_code == 1
    assert "two people" in result.stderr


@pytest.mark.parametrize("wrong", ["0", "01", "+1", "٣", str(2**31), str(2**64), "x", ""])
def test_what_is_no_id_is_refused_in_words(tmp_path: Path, wrong: str) -> None:
    hotline = an_instance(tmp_path, at("2026-11-23 10:00:00"))
    for command in (("roster", "remove"), ("callbacks", "close")):
        refused = run(hotline, *command, wrong)
        assert refused.exit_code == 2 and "a number from 1 to" in refused.output
