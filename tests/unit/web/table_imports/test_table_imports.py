"""The page that brings tables in: customers, the directory and the duty roster."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest

from hotline.domain.people import Role
from hotline.storage.customers.store import CustomerStore
from hotline.storage.line.roster import RosterStore
from hotline.web.table_imports import uploads
from hotline.web.table_imports.uploads import MOST_OF_ALL, MOST_OF_ONE, Upload, Uploads
from tests.support.tables import sheet_of
from tests.support.uploads import answer, send, take
from tests.support.web import Web, csrf_of

HOSTILE = "<script>document.title='taken'</script>"


def customers(web: Web) -> list[tuple[str, str, list[str]]]:
    with web.hotline.storage.reading() as tx:
        return [(each.name, each.company, [n.number for n in each.numbers]) for each in CustomerStore(tx).all()]


def test_a_table_is_looked_at_checked_and_taken(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR, username="chen")
    path = send(client, "customers", "客户名称,手机号码,公司\n张伟,13800138000,昌鑫\n".encode("gb18030")).location
    page = client.get(path).text
    assert "全部可以导入" in page and "新增 1 人" in page and "GB 18030" in page
    assert customers(web) == [], "looking writes nothing"
    assert answer(client, path, "check", column_0="name", column_1="numbers", column_2="company").status_code == 200
    assert customers(web) == []
    done = answer(client, path, "take", column_0="name", column_1="numbers", column_2="company")
    assert done.status_code == 303 and "新增 1 人" in client.get(done.location).text
    assert customers(web) == [("张伟", "昌鑫", ["+8613800138000"])]
    assert ("chen", "customers.import", "customers") in web.audit()
    assert client.get(path).location == "/customers/import", "the file is kept no longer"


def test_a_heading_that_is_not_known_is_asked_for_and_left_out_only_expressly(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    path = send(client, "customers", "姓名,手机,会员等级\n张伟,13800138000,金\n".encode()).location
    page = client.get(path).text
    assert "第 1 行“会员等级”列：" in page and "请指明此列的含义" in page and 'value="take" disabled' in page
    refused = answer(client, path, "take", column_0="name", column_1="numbers", column_2="")
    assert refused.status_code == 422 and customers(web) == []
    assert answer(client, path, "take", column_0="name", column_1="numbers", column_2="-").status_code == 303
    assert customers(web) == [("张伟", "", ["+8613800138000"])]


def test_columns_may_mean_what_the_person_says(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    path = send(client, "customers", "甲,乙\n13800138000,张伟\n".encode()).location
    assert "请指明此列的含义" in client.get(path).text
    assert answer(client, path, "take", column_0="numbers", column_1="name").status_code == 303
    assert customers(web) == [("张伟", "", ["+8613800138000"])]


def test_two_columns_of_numbers_count_for_customers_and_are_told_for_the_directory(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    table = "姓名,手机,电话\n张三,13800138000,\n李四,13800138001,02188886666\n".encode()
    take(client, "customers", table)
    assert [numbers for _n, _c, numbers in customers(web)] == [["+8613800138000"], ["+8613800138001", "+862188886666"]]
    path = send(client, "directory", table).location
    assert "第 1 行“手机、电话”列：" in client.get(path).text
    assert answer(client, path, "take", column_0="name", column_1="number", column_2="number").status_code == 422
    assert answer(client, path, "take", column_0="name", column_1="number", column_2="-").status_code == 303


def test_each_fault_is_told_by_line_and_column_and_nothing_is_taken(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    table = (
        "值班人,号码,开始时间,结束时间\n李四,13900000001,2026-11-20 17:30,2026-11-21 24:00\n\n"
        "王五,abc,2026-11-21 17:30,2026-11-22 09:00\n"
        f"{HOSTILE},13900000001,1/2/2026,soon\n"
    ).encode("gb18030")
    path = send(client, "roster", table).location
    page = client.get(path).text
    assert "第 4 行“号码”列：" in page and "第 5 行“开始时间”列：" in page and "第 5 行“结束时间”列：" in page
    assert "分不清月和日" in page
    assert "<script>document" not in page and "&lt;script&gt;document" in page
    columns = {"column_0": "person", "column_1": "numbers", "column_2": "starts_at", "column_3": "ends_at"}
    assert answer(client, path, "take", **columns).status_code == 422
    with web.hotline.storage.reading() as tx:
        assert RosterStore(tx).shifts(web.now, web.now + timedelta(days=99)) == []


NO_TABLES = [
    b"",
    b"\xff\xfe\x00",
    b"\x00" * 1000,
    b'"' * 100_000,
    b"\xd0\xcf\x11\xe0" * 99,
    b"%PDF-1.7",
    b"PK\x03\x04nothing",
    "姓名\n".encode(),
    b"<html><table></table>",
]


@pytest.mark.parametrize("kind", ["customers", "directory", "roster"])
def test_what_is_no_table_is_told_at_once(web: Web, kind: str) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    for content in NO_TABLES:
        refused = send(client, kind, content)
        assert refused.status_code == 422 and 'id="file-problem"' in refused.text, content[:20]


def test_of_several_sheets_the_one_with_headings_is_taken_unless_another_is_chosen(web: Web) -> None:
    book = openpyxl.Workbook()
    sheet_of(book).append(["填写说明：每行一个客户"])
    for name, person in (("客户", "张伟"), ("旧客户", "李四")):
        book.create_sheet(name).append(["姓名", "手机"])
        book[name].append([person, 13800138000])
    file = io.BytesIO()
    book.save(file)
    client = web.signed_in(Role.SUPERVISOR)
    path = send(client, "customers", file.getvalue(), "客户.xlsx").location
    page = client.get(path).text
    assert "张伟" in page and "<option>旧客户" in page and "其他工作表不导入：Sheet、旧客户" in page
    assert answer(client, path + "?sheet=旧客户", "take", column_0="name", column_1="numbers").status_code == 303
    assert customers(web) == [("李四", "", ["+8613800138000"])]


def test_headings_that_are_not_known_are_found_by_the_line_that_is_chosen(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    path = send(client, "customers", "某表\n甲,乙\n13800138000,张伟\n".encode()).location
    assert "表头所在行" in client.get(path).text
    assert answer(client, path + "?headings=2", "take", column_0="numbers", column_1="name").status_code == 303
    assert customers(web) == [("张伟", "", ["+8613800138000"])]


@pytest.mark.parametrize("query", ["?headings=999", "?sheet=none", "?headings=-1", "?headings=3", "?sheet=%00"])
def test_an_odd_address_breaks_nothing(web: Web, query: str) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    path = send(client, "customers", "姓名,手机\n张伟,13800138000\n某,13900139000\n".encode()).location
    assert client.get(path + query).status_code in (200, 302)


def test_a_file_is_for_who_sent_it_and_for_what_it_was_sent(web: Web) -> None:
    chen, wang = (web.signed_in(Role.SUPERVISOR, username=name) for name in ("chen", "wang"))
    path = send(chen, "customers", "姓名,手机\n张伟,13800138000\n".encode()).location
    assert chen.get(path).status_code == 200
    assert wang.get(path).status_code == 302
    assert chen.get(path.replace("customers", "directory")).status_code == 302
    web.clock.advance(minutes=31)
    assert chen.get(path).status_code == 302, "kept for half an hour"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EXAMINER])
def test_who_does_not_steer_brings_nothing_in(web: Web, role: Role) -> None:
    client = web.signed_in(role)
    token = csrf_of(client.get("/password"))
    for kind in ("customers", "directory", "roster"):
        assert client.get(f"/{kind}/import").status_code == 403
        assert client.post(f"/{kind}/import", data={"csrf_token": token}).status_code == 403
        assert client.post(f"/{kind}/import/x", data={"csrf_token": token}).status_code == 403
        assert f"/{kind}/import" not in client.get(f"/{kind}").text


def test_a_file_without_the_token_is_not_taken(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    sent = client.post("/customers/import", data={"file": (io.BytesIO("姓名\n甲\n".encode()), "a.csv")})
    assert sent.status_code == 400


def test_a_file_of_some_megabytes_is_taken_and_a_larger_one_is_not(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    row = "张伟,13800138000," + "长" * 300 + "\n"
    assert send(client, "customers", ("姓名,手机,备注\n" + row * 2000).encode()).status_code == 303
    assert send(client, "customers", b"x" * (9 * 1024 * 1024)).status_code == 413
    too_many = "姓名,手机\n" + "张伟,13800138000\n" * 20_001
    assert "最多导入 20000 行" in send(client, "customers", too_many.encode()).text


def test_what_is_kept_is_bounded_and_the_oldest_goes_first(web: Web) -> None:
    kept = Uploads()
    first, *_others, last = [kept.keep(Upload("chen", "customers", "", b"", web.now)) for _ in range(MOST_OF_ONE + 1)]
    assert kept.of(first, "chen", "customers", web.now) is None
    assert kept.of(last, "chen", "customers", web.now) is not None
    for number in range(MOST_OF_ALL):
        kept.keep(Upload(f"u{number}", "customers", "", b"", web.now))
    assert kept.of(last, "chen", "customers", web.now) is None
    with web.app.app_context():
        assert isinstance(uploads.uploads(), Uploads)
