"""Tables that people bring in: any kind of file gives the same rows, and nothing is dropped in silence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH

from hotline.domain.line.roster import Shift
from hotline.domain.time import SHANGHAI
from hotline.services import csv_table
from hotline.services.customers import table as customers_csv
from hotline.services.customers.table import read_customers
from hotline.services.directory import table as directory_csv
from hotline.services.directory.table import read_people
from hotline.services.line import roster_table as roster_csv
from hotline.services.line.roster_table import read_shifts
from hotline.services.tables import cells, workbook
from hotline.services.tables.faults import MOST_TOLD, BadCell, Faults, NoteKind, TableProblem
from hotline.services.tables.raw import letter
from hotline.services.tables.shape import Kind
from hotline.services.tables.table import AS_IT_IS, OpenedTable, Reading, open_table
from hotline.web.kit.refusals.registry import say
from tests.support import tables
from tests.support.tables import ENCODINGS, SEPARATORS, separated, typed

NOW = datetime(2026, 9, 1, tzinfo=SHANGHAI)

CUSTOMERS = [
    ["客户名称", "公司名称", "手机号码", "联系电话", "备注"],
    ["张伟", "昌鑫，有限；公司", "13800138000", "0755-83765566转801", "常客,\n二楼"],
    ["李四|王五", "", "", "13900139000", '说"好"的'],
    ["阿依古丽·买买提", "甲;乙", "13700137000", "", ""],
]
PEOPLE = [
    ["姓名", "手机号", "部门", "负责业务", "负责地区", "备注", "是否启用"],
    ["赵敏", "13800000001", "华南大区", "销售、渠道", "广东、广西", "一,二", "是"],
    ["孙丽", "010-66667777", "总部；技术", "技术", "", "", "否"],
]
SHIFTS = [
    ["值班人", "值班电话", "开始时间", "结束时间", "备班", "备注"],
    ["赵六", "13800000003", "2026-09-17 17:30", "2026-09-18 09:00", "王五:13800000002", "夜班,一"],
    ["孙七", "010-88886666", "2026-09-18 17:30", "2026-09-21 09:00", "", ""],
]
READERS: dict[str, tuple[list[list[str]], Callable[[bytes | str], Any]]] = {
    "customers": (CUSTOMERS, read_customers),
    "directory": (PEOPLE, read_people),
    "roster": (SHIFTS, lambda content: read_shifts(content, NOW)),
}
every_table = pytest.mark.parametrize("kind", READERS)


def faults(read: Callable[[bytes | str], Any], content: bytes | str) -> list[tuple[int, str, str]]:
    with pytest.raises(Faults) as refused:
        read(content)
    return [(fault.line, fault.column, str(fault.problem)) for fault in refused.value.faults]


def opened(content: bytes | str, reading: Reading = AS_IT_IS) -> OpenedTable:
    return open_table(content, customers_csv.SHAPE, reading)


@every_table
@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_rows_come_in_however_they_are_saved(kind: str, encoding: str, separator: str) -> None:
    rows, read = READERS[kind]
    mark, before = SEPARATORS[separator]
    expected = read(separated(rows, ","))
    assert len(expected) == len(rows) - 1
    assert read(ENCODINGS[encoding](before + separated(rows, mark))) == expected


@every_table
def test_the_same_rows_come_in_from_a_workbook(kind: str) -> None:
    rows, read = READERS[kind]
    expected = read(separated(rows, ","))
    assert read(tables.workbook(rows)) == expected
    assert read(tables.workbook(typed(rows))) == expected, "numbers and days as a spreadsheet keeps them"


@every_table
def test_a_title_blank_lines_and_marks_that_nobody_sees_change_nothing(kind: str) -> None:
    rows, read = READERS[kind]
    expected = read(separated(rows, ","))
    marked = [[f"\u200b{rows[0][0]}\ufeff ", *(f"*{name}：" for name in rows[0][1:])], *rows[1:]]
    assert read(f"2026年名单{',' * 3}\n\n\n{separated(marked, ',')}\n\n,,,\n") == expected
    assert read(separated(rows, ",").replace("\r\n", "\0\r")) == expected


names = st.text(
    st.characters(codec="gb18030", categories=("Lu", "Ll", "Lo", "Nd"), min_codepoint=0x4E00, max_codepoint=0x9FA5),
    min_size=1,
    max_size=6,
)


@given(
    st.lists(st.tuples(names, st.integers(13000000000, 13999999999)), min_size=1, max_size=8),
    st.sampled_from(list(ENCODINGS)),
    st.sampled_from(list(SEPARATORS)),
)
def test_any_names_come_in_as_they_were_written(people: list[tuple[str, int]], encoding: str, separator: str) -> None:
    mark, before = SEPARATORS[separator]
    rows = [["客户姓名", "手机号码"], *([name, str(number)] for name, number in people)]
    found = read_customers(ENCODINGS[encoding](before + separated(rows, mark)))
    assert [(each.name, each.numbers[0].number) for each in found] == [(n, f"+86{d}") for n, d in people]


# What goes out comes in again.


def test_what_is_given_out_comes_in_unchanged() -> None:
    customers = read_customers(separated(CUSTOMERS, ","))
    shown = "".join(csv_table.write(customers_csv.HEADER, (customers_csv._line(each, True) for each in customers)))
    assert read_customers(shown.encode()) == customers
    people = read_people(separated(PEOPLE, ","))
    shown = "".join(csv_table.write(directory_csv.HEADER, map(directory_csv._line, people)))
    assert read_people(shown.encode()) == people
    kept = Shift("赵六", ("13800000003", "+8613800000004"), (), NOW, NOW + timedelta(days=1), note="=夜班")
    [again] = read_shifts("".join(roster_csv.write_shifts([kept])).encode(), NOW)
    assert (again.person, again.numbers, again.starts_at, again.ends_at, again.note) == (
        kept.person,
        kept.numbers,
        kept.starts_at,
        kept.ends_at,
        kept.note,
    )


def test_a_roster_names_all_that_is_wrong_with_each_line() -> None:
    """A shift that makes no sense beside cells that cannot be read."""
    table = (
        "值班人,号码,开始时间,结束时间\n"
        "张三,1381111,2026-09-10 09:00,2026-09-09 09:00\n"
        "李四,13800000001,2026-09-10 09:00,2026-09-10 08:00\n"
        "王五,13800000001,someday,2026-09-10 18:00\n"
    )
    told = faults(lambda content: read_shifts(content, NOW), table.encode())
    assert sorted((line, column) for line, column, _problem in told) == [
        (2, "号码"),
        (2, "结束时间"),
        (3, "结束时间"),
        (4, "开始时间"),
    ]


# Characters.


def test_big5_is_read_as_what_it_is_and_told() -> None:
    found = opened("name,number\n張三,13800138000\n李美華,13900139000\n".encode("big5"))
    assert [row.cells[0] for row in found.rows] == ["張三", "李美華"]
    assert [note.kind for note in found.notes] == [NoteKind.BIG5]
    assert opened("姓名,電話\n張三,13800138000\n".encode("big5")).rows[0].cells[0] == "張三"
    assert opened("姓名,電話\n張三,13800138000\n".encode("gb18030")).rows[0].cells[0] == "張三"


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gb18030", "张伟 李娜 王芳 刘洋 陈静 杨帆 赵磊 黄丽 周强 吴敏"),
        ("gb18030", "張偉 李娜 王芳 劉洋 陳靜 楊帆 趙磊 黃麗 周強 吳敏"),
        ("big5", "張偉 李娜 王芳 劉洋 陳靜 楊帆 趙磊 黃麗 周強 吳敏"),
        ("big5", "林志明 蔡依玲 許俊傑 鄭淑惠 謝家豪 洪雅婷"),
    ],
)
def test_a_list_of_names_is_told_by_its_characters(encoding: str, names: str) -> None:
    table = "name,number\n" + "".join(f"{name},13800138000\n" for name in names.split())
    assert [row.cells[0] for row in opened(table.encode(encoding)).rows] == names.split()


def test_a_single_name_that_may_be_two_is_refused() -> None:
    assert faults(read_customers, "name,number\n張三,13800138000\n".encode("big5")) == [(0, "", "encoding")]
    assert faults(read_customers, "name,number\n毛模,13800138000\n".encode("gb18030")) == [(0, "", "encoding")], (
        "the same bytes are UTF-8: ëģ"
    )
    assert read_customers("name,number\nMüller,13800138000\n".encode())[0].name == "Müller"


def test_names_in_gb_18030_need_no_mark_to_be_read() -> None:
    for name in ("张三", "李四", "王五", "赵六", "欧阳娜娜"):
        assert opened(f"name,number\n{name},13800138000\n".encode("gb18030")).rows[0].cells[0] == name


def test_a_byte_of_windows_or_a_wrong_one_costs_its_own_character_alone() -> None:
    """0x80 is € to Windows, and no GB 18030."""
    table = "姓名,手机,备注\n张三,13800138000,欠 ?5\n李四,13900139000,好\n".encode("gb18030")
    euro, other = opened(table.replace(b"?", b"\x80")), opened(table.replace(b"?", b"\xff"))
    assert (euro.rows[0].cells[2], euro.notes) == ("欠 €5", ())
    assert other.rows[0].cells == ("张三", "13800138000", "欠 \ufffd5") and other.rows[1].cells[0] == "李四"
    assert [(note.kind, note.line, note.column) for note in other.notes] == [(NoteKind.BAD_BYTE, 2, "C")]
    broken = opened("姓名,手机\n张三丰,13800138000\n李\u5929,13900139000\n".encode().replace(b"\xb8\x89", b"\xb8"))
    assert broken.rows[1].cells[0] == "李天" and broken.notes[0].line == 2


@pytest.mark.parametrize(
    "content",
    ["name,number\nMüller,13800138000\n".encode("latin-1"), "name,number\nИванов,13800138000\n".encode("cp1251")],
)
def test_what_may_be_any_encoding_is_refused_rather_than_guessed(content: bytes) -> None:
    assert faults(read_customers, content) == [(0, "", "encoding")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "old_workbook"),
        (b"%PDF-1.7\n", "kind"),
        (b"Rar!\x1a\x07", "kind"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\x89PNG\r\n", "kind"),
        (b"\xef\xbb\xbf<html><body><table>", "kind"),
        (b"\x1f\x8b\x08", "kind"),
    ],
)
def test_another_kind_of_file_is_told_plainly(content: bytes, problem: str) -> None:
    assert faults(read_customers, content) == [(0, "", problem)]


@pytest.mark.parametrize(
    ("part", "name"),
    [("word/document.xml", "Word"), ("xl/workbook.bin", "xlsb"), ("content.xml", "ODF"), ("readme.txt", "ZIP")],
)
def test_another_archive_is_told_by_its_name(part: str, name: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(Faults) as refused:
        read_customers(file.getvalue())
    assert [(str(fault.problem), fault.got.split()[0]) for fault in refused.value.faults] == [("kind", name)]


# Columns.


def test_two_columns_of_numbers_both_count_or_are_both_named() -> None:
    table = "姓名,手机,电话\n张三,13800138000,\n李四,13800138001,02188886666\n"
    assert [[n.number for n in each.numbers] for each in read_customers(table)] == [
        ["+8613800138000"],
        ["+8613800138001", "+862188886666"],
    ]
    assert faults(read_people, table) == [(1, "手机、电话", "twice")]
    [shift] = read_shifts("姓名,手机,电话,开始,结束\n赵,13800138000,,2026-9-2,2026-9-3\n", NOW)
    assert shift.numbers == ("13800138000",)


def test_a_heading_that_is_not_known_is_refused_by_name_unless_nothing_stands_below() -> None:
    assert faults(read_customers, "姓名,手机,会员等级,积分\n张三,13800138000,金,\n") == [
        (1, "会员等级", "unknown_column")
    ]
    assert faults(read_customers, "姓名,手机,\n张三,13800138000,金\n") == [(1, "C", "no_heading")]
    assert faults(read_customers, "姓名,手机\n张三,13800138000,金\n") == [(2, "C", "no_heading")]
    assert len(read_customers("姓名,手机,积分,,\n张三,13800138000,,,\n")) == 1
    assert faults(read_customers, "姓名,名字\n张三,李四\n") == [(1, "姓名、名字", "twice")]


def test_headings_that_are_missing_are_told_once() -> None:
    many = "张三,13800138000\n" * 500
    assert faults(read_customers, many) == [(1, "", "headings")]
    assert faults(read_people, f"甲,乙\n{many}") == [(1, "", "headings")]
    assert faults(read_people, f"姓名,部门\n{many}") == [(1, "", "missing")]
    assert faults(lambda text: read_shifts(text, NOW), f"姓名,手机\n{many}") == [(1, "", "missing")]
    assert faults(read_customers, "姓名,手机\n") == [(0, "", "no_rows")]


@pytest.mark.parametrize(
    "heading", ["手机号码", "手机号", "电话号码", "联系电话", "手机（必填）", "联系 电话*", "Phone Number", "電話"]
)
def test_the_headings_of_offices_are_known(heading: str) -> None:
    [found] = read_customers(f"客户名称,公司名称,{heading}\n张三,昌鑫,13800138000\n")
    assert (found.name, found.company, found.numbers[0].number) == ("张三", "昌鑫", "+8613800138000")


def test_a_person_says_what_a_column_means_by_heading_or_letter() -> None:
    table = "甲,手机,积分\n张三,13800138000,5\n"
    for mapping in ({"甲": "name", "积分": "-"}, {"a": "name", "C": "-"}):
        assert read_customers(table, Reading(mapping))[0].name == "张三"
    for mapping, problem in (({"丁": "name"}, "no_column"), ({"甲": "nom"}, "no_field")):
        assert faults(lambda text, m=mapping: read_customers(text, Reading(m)), table)[0][2] == problem  # type: ignore[misc]
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


# Rows.


def test_every_fault_of_a_file_is_told_at_once_by_line_and_column() -> None:
    table = (
        "姓名,手机,邮箱,免打扰,回访方式\n甲,8001,,,\n\n乙,13800138000,bad,,\n丙,x,,vielleicht,随便\n"
        "丁,#N/A,,,\n戊,1.38001E+10,,,\n,,a@b.cn,,\n"
    )
    assert faults(read_customers, table) == [
        (2, "手机", "phone"),
        (4, "邮箱", "mail"),
        (5, "手机", "phone"),
        (5, "回访方式", "way"),
        (5, "免打扰", "yes_no"),
        (6, "手机", "error_cell"),
        (7, "手机", "digits_lost"),
        (8, "", "nobody"),
    ]
    with pytest.raises(Faults) as refused:
        read_customers("姓名,手机\n" + "甲,1\n" * 3000)
    assert (refused.value.count, len(refused.value.faults)) == (3000, MOST_TOLD)
    assert say(refused.value, str).endswith("… and 2900 more.")


def test_a_quotation_mark_that_is_not_closed_swallows_nothing() -> None:
    assert faults(read_customers, '姓名,手机,备注\n甲,13800138000,"好\n乙,13900139000,\n') == [(2, "", "quote")]
    assert faults(read_customers, '姓名,手机\n甲,13800138000\n"乙"丙,13900139000\n') == [(3, "", "quote")]


def test_a_line_that_is_parted_otherwise_is_told() -> None:
    assert faults(read_customers, "姓名,手机\n甲,13800138000\n乙，13900139000\n") == [(3, "", "separator")]


def test_a_column_of_several_numbers_is_not_parted_by_them() -> None:
    [found] = read_customers("电话\n13800138000;13900139000\n")
    assert len(found.numbers) == 2


def test_running_numbers_say_nothing_and_what_stands_below_a_table_is_told() -> None:
    table = "序号,姓名,手机\n1,甲,13800138000\n2,乙,无\n"
    assert [(each.name, len(each.numbers)) for each in read_customers(table)] == [("甲", 1), ("乙", 0)]
    assert [note.kind for note in opened(table).notes] == [NoteKind.LEFT_OUT]
    for below in ("合计,2,", "制表人：王,,", ",总计：2 人,"):
        assert faults(read_customers, table + below) == [(4, "", "footer")]
    assert len(read_customers(table + "3,统计局,\n4,Total Energies,\n")) == 4


def test_the_same_person_twice_is_told_and_two_at_one_telephone_are_two() -> None:
    assert faults(read_people, "姓名,电话\n甲,13800138000\n乙,13900139000\n甲,138 0013 8000\n") == [
        (4, "电话", "same_number")
    ]
    assert len(read_people("姓名,电话\n甲,13800138000\n乙,13800138000\n")) == 2


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13800138000.0", "13800138000"),
        ('="13800138000"', "13800138000"),
        ("'13800138000", "13800138000"),
        ("13,800,138,000", "13800138000"),
        ("1.3800138000E+10", "13800138000"),
        ("’13800138000 ", "13800138000"),
        ("'+8613800138000", "+8613800138000"),
        ("'=13800138000", "=13800138000"),
    ],
)
def test_what_a_spreadsheet_puts_around_a_number_is_taken_off(written: str, number: str) -> None:
    assert cells.plain(written, Kind.PHONE) == number


@pytest.mark.parametrize("written", ["1.38001E+10", "1.4E10", "########", "#REF!", "1.3800138E+10"])
def test_digits_that_are_lost_are_refused(written: str) -> None:
    with pytest.raises(BadCell):
        cells.plain(written, Kind.PHONE)


def test_several_numbers_in_one_cell_are_parted_where_it_is_certain() -> None:
    assert cells.numbers_in("13800138000/13900139000 13700137000") == ["13800138000", "13900139000", "13700137000"]
    assert cells.numbers_in("010-8888 6666；138 0013 8000") == ["010-8888 6666", "138 0013 8000"]
    assert cells.numbers_in("13800138000,801") == ["13800138000,801"]


# Rosters.


@pytest.mark.parametrize(
    ("table", "start", "end"),
    [
        ("姓名,手机,开始,结束\n赵,13800000003,2026/9/1 8:00,2026/9/1 24:00\n", "09-01 08:00", "09-02 00:00"),
        ("姓名,手机,开始,结束\n赵,13800000003,2026年9月1日 18：00,46267.375\n", "09-01 18:00", "09-02 09:00"),
        ("姓名,手机,日期,时间\n赵,13800000003,2026.9.1,9:00-17:30\n", "09-01 09:00", "09-01 17:30"),
        ("姓名,手机,日期,时间\n赵,13800000003,46266,晚上6点-次日早上9点\n", "09-01 18:00", "09-02 09:00"),
        ("姓名,手机,日期,上班时间,下班时间\n赵,13800000003,2026/9/1,下午6:00,9:00\n", "09-01 18:00", "09-02 09:00"),
        ("姓名,手机,值班时间\n赵,13800000003,2026/9/1 18:00 至 2026/9/3 9:00\n", "09-01 18:00", "09-03 09:00"),
    ],
)
def test_a2_a_roster_says_its_times_as_people_do(table: str, start: str, end: str) -> None:
    [shift] = read_shifts(table, NOW)
    assert (f"{shift.starts_at:%m-%d %H:%M}", f"{shift.ends_at:%m-%d %H:%M}") == (start, end)


def test_a2_a_time_that_is_not_clear_is_told_by_line_and_column() -> None:
    table = "姓名,手机,开始,结束\n赵,13800000003,1/2/2026,soon\n钱,13800000003,18:00,9月2日\n孙,1,2026-9-2,2026-9-3\n"
    assert faults(lambda text: read_shifts(text, NOW), table) == [
        (2, "开始", "time_day_first"),
        (2, "结束", "time"),
        (3, "开始", "time_no_day"),
        (3, "结束", "time_no_year"),
        (4, "手机", "number"),
    ]
    both = "姓名,手机,日期,时间,开始\n赵,13800000003,2026-9-1,9:00-17:30,8:00\n"
    assert faults(lambda text: read_shifts(text, NOW), both) == [(2, "时间", "both_times")]


# Workbooks.


def test_cells_of_a_workbook_are_what_they_show() -> None:
    rows: list[list[object]] = [
        ["姓名", "手机", "备注"],
        ["甲", 13800138000.0, True],
        ["乙", "13900139000", 46266.75],
        ["丙", None, time(18)],
        ["丁", 1088886666, timedelta(days=1)],
        ["戊", None, datetime(2026, 9, 1, 18)],  # noqa: DTZ001
    ]
    found = opened(tables.workbook(rows))
    assert [row.cells[1:] for row in found.rows] == [
        ("13800138000", "yes"),
        ("13900139000", "46266.75"),
        ("", "18:00"),
        ("1088886666", "24:00"),
        ("", "2026-09-01 18:00"),
    ]
    assert [c.numbers[0].number for c in read_customers(tables.workbook(rows)) if c.numbers][-1] == "+861088886666"


def test_a_workbook_of_a_mac_counts_its_days_otherwise() -> None:
    def old(book: openpyxl.Workbook) -> None:
        book.epoch = MAC_EPOCH

    rows: list[list[object]] = [["姓名", "备注"], ["甲", datetime(2026, 9, 1, 18)]]  # noqa: DTZ001
    assert opened(tables.workbook(rows, old)).rows[0].cells[1] == "2026-09-01 18:00"


def test_the_sheet_with_content_is_read_and_others_are_told() -> None:
    def more(book: openpyxl.Workbook) -> None:
        book.create_sheet("空")
        book.create_sheet("旧").append(["x"])
        book["旧"].sheet_state = "hidden"

    content = tables.workbook([["姓名", "手机"], ["甲", 13800138000]], more)
    found = opened(content)
    assert len(found.rows) == 1
    assert [(note.kind, note.got) for note in found.notes] == [(NoteKind.OTHER_SHEETS, "旧")]
    two = tables.workbook([["姓名", "手机"], ["甲", 13800138000]], lambda book: book.create_sheet("二").append(["x"]))
    assert faults(read_customers, two) == [(0, "", "sheets")]
    assert len(read_customers(two, Reading({}, sheet="Sheet"))) == 1
    assert faults(lambda content: read_customers(content, Reading({}, sheet="三")), two) == [(0, "", "no_sheet")]

    def hide(book: openpyxl.Workbook) -> None:
        book.create_sheet("空")
        book["Sheet"].sheet_state = "hidden"

    with pytest.raises(Faults) as refused:
        read_customers(tables.workbook([["姓名"], ["甲"]], hide))
    assert [(str(fault.problem), fault.got) for fault in refused.value.faults] == [("only_hidden", "Sheet")]


def test_what_is_merged_downwards_holds_for_each_row() -> None:
    def merge(book: openpyxl.Workbook) -> None:
        tables.sheet_of(book).merge_cells("A1:C1")
        tables.sheet_of(book).merge_cells("A3:A4")

    rows: list[list[object]] = [
        ["客户名单"],
        ["公司", "联系人", "手机"],
        ["昌鑫", "甲", 13800138000],
        [None, "乙", 13900139000],
    ]
    found = opened(tables.workbook(rows, merge))
    assert [row.cells[0] for row in found.rows] == ["昌鑫", "昌鑫"]
    assert {note.kind for note in found.notes} == {NoteKind.MERGED, NoteKind.BANNER}


def test_a_formula_that_nobody_calculated_is_told_and_rows_that_are_hidden_count() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        tables.sheet_of(book).row_dimensions[3].hidden = True

    rows: list[list[object]] = [["姓名", "手机", "备注"], ["甲", "=13800138000", "好"], ["乙", 13900139000, ""]]
    content = tables.workbook(rows, hide)
    assert faults(read_customers, content) == [(2, "手机", "not_calculated")]
    assert NoteKind.HIDDEN_ROWS in {note.kind for note in opened(content).notes}
    calculated = tables.with_part(
        content,
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("<f>13800138000</f><v />", "<f>13800138000</f><v>13800138000</v>"),
    )
    assert len(read_customers(calculated)) == 2


def renamed(content: bytes, old: str, new: str) -> bytes:
    """The workbook with another name for one part, wherever it is named."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            after.writestr(part.replace(old, new), before.read(part).replace(old.encode(), new.encode()))
    return file.getvalue()


def test_a_workbook_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    small = tables.workbook([["姓名"], ["甲"]])
    bomb = tables.with_part(small, "xl/worksheets/sheet1.xml", lambda text: text + " " * 10_000_000)
    assert len(bomb) < 100_000
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 5_000_000)
    assert faults(read_customers, bomb) == [(0, "", "too_large")]
    assert faults(read_customers, renamed(bomb, "sheet1.xml", "sheet1.png")) == [(0, "", "too_large")]
    assert len(read_customers(renamed(small, "sheet1.xml", "sheet1.png"))) == 1  # so spreadsheets' programs read it too
    declared = tables.with_part(small, "xl/worksheets/sheet1.xml", lambda text: '<!DOCTYPE x [<!ENTITY a "b">]>' + text)
    assert faults(read_customers, declared) == [(0, "", "damaged")]
    far = tables.with_part(small, "xl/worksheets/sheet1.xml", lambda text: text.replace('r="2"', 'r="999999999"'))
    assert faults(read_customers, far)[0][2] == "too_large"
    wide = tables.workbook([["姓名", *[None] * 300, "x"], ["甲"]])
    assert faults(read_customers, wide)[0][2] == "too_many_columns"


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(str.encode)
    | st.binary(max_size=60).map(lambda some: tables.workbook([["姓名"], ["甲"]])[: -len(some) or None] + some)
)
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        read_customers(content)
    except Faults as error:
        assert error.faults and all(fault.problem in set(TableProblem) for fault in error.faults)
