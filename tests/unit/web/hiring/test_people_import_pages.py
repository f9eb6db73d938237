"""People are brought in as a table, in the browser (业务电话 12)."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Team
from hotline.services.staff.units import add_unit
from hotline.storage.accounts.users import UserStore
from tests.support.tables import separated
from tests.support.uploads import send
from tests.support.web import PASSWORD, Web, a_web, csrf_of, post, sign_in

QUEUES = """
[queues.service]
name = "客户服务"
"""
TABLE = separated(
    [
        ("用户名", "姓名", "角色", "分机", "班组"),
        ("sunli", "孙丽", "客服", "1003", "早班"),
        ("zhoutao", "周涛", "质检", "", ""),
    ],
    ",",
)


@pytest.fixture
def web(tmp_path: Path) -> Web:
    web = a_web(tmp_path, QUEUES)
    add_unit(web.hotline.storage, Team("早班"), Actor("boss", (Role.ADMINISTRATOR,), "boss"), web.now)
    return web


@pytest.fixture
def admin(web: Web) -> FlaskClient:
    return web.signed_in(Role.ADMINISTRATOR, username="boss")


def fields_of(page: str) -> dict[str, str]:
    """What the form would send: the chosen columns, and the mark of what was seen."""
    columns = {}
    for place, part in enumerate(page.split('name="column-')[1:]):
        options = part.split("</select>")[0].split('<option value="')[1:]
        columns[f"column-{place}"] = next(each for each in options if " selected" in each.split(">")[0]).split('"')[0]
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    return {**columns, **({"seen": seen[1]} if seen else {})}


def take(client: FlaskClient, content: bytes) -> TestResponse:
    path = send(client, "people", content).location
    page = client.get(path)
    return client.post(path, data={"csrf_token": csrf_of(page), "do": "take", **fields_of(page.text)})


def usernames(web: Web) -> set[str]:
    with web.hotline.storage.reading() as tx:
        return {each.username for each in UserStore(tx).all()}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_it_is_rehearsed_line_by_line_and_then_taken(web: Web, admin: FlaskClient, encoding: str) -> None:
    path = send(admin, "people", TABLE.encode(encoding)).location
    page = admin.get(path).text
    assert "将有的变化" in page and "孙丽 (sunli)" in page and "角色：质检" in page and "组：早班" in page
    assert usernames(web) == {"boss"}
    done = take(admin, TABLE.encode(encoding))
    assert done.status_code == 200 and "no-store" in done.headers["Cache-Control"]
    secrets = re.findall(r'<code class="secret">([^<]+)</code>', done.text)
    assert len(secrets) == 3, "two first passwords and one of a phone"
    assert web.hotline.secrets.phone_password("1003") in secrets
    assert web.hotline.settings.operators["1003"].name == "孙丽"
    assert ("boss", "people.import", "people") in web.audit()
    first = re.search(r"sunli</td><td><code class=\"secret\">([^<]+)<", done.text)
    assert first is not None and sign_in(web.client(), "sunli", first[1]).status_code == 302


def test_the_sheet_of_passwords_is_fetched_once_by_who_made_it(web: Web, admin: FlaskClient) -> None:
    done = take(admin, TABLE.encode())
    address = re.search(r'action="(/admin/people/import/passwords/[^"]+)"', done.text)
    assert address is not None
    other = web.signed_in(Role.ADMINISTRATOR, username="other")
    assert other.post(address[1], data={"csrf_token": csrf_of(other.get("/admin/hire"))}).status_code == 302
    token = csrf_of(done)
    sheet = admin.post(address[1], data={"csrf_token": token})
    assert sheet.status_code == 200 and "no-store" in sheet.headers["Cache-Control"]
    [table] = openpyxl.load_workbook(io.BytesIO(sheet.data)).worksheets
    rows = list(table.iter_rows(values_only=True))
    assert rows[0][:3] == ("姓名", "用户名", "初始密码") and {row[1] for row in rows[1:]} == {"sunli", "zhoutao"}
    assert all(str(row[2]) in done.text for row in rows[1:])
    again = admin.post(address[1], data={"csrf_token": token})
    assert again.status_code == 302 and "密码表已被下载或已过期" in admin.get(again.location).text
    assert ("boss", "people.passwords", "people") in web.audit()


def test_the_sheet_is_kept_for_half_an_hour(web: Web, admin: FlaskClient) -> None:
    done = take(admin, TABLE.encode())
    address = re.search(r'action="(/admin/people/import/passwords/[^"]+)"', done.text)
    assert address is not None
    web.clock.advance(minutes=31)
    assert admin.post(address[1], data={"csrf_token": csrf_of(done)}).status_code == 302


def test_every_fault_is_told_and_nothing_is_taken(web: Web, admin: FlaskClient) -> None:
    table = "用户名,姓名,角色,分机\nsunli,=1+1,客服,1003\nsun,孙,皇帝,1003\n"
    path = send(admin, "people", table.encode()).location
    page = admin.get(path)
    assert "第 2 行“姓名”列" in page.text and "以公式符号开头" in page.text and "第 3 行“角色”列" in page.text
    fields = {"csrf_token": csrf_of(page), "do": "take", **fields_of(page.text)}
    assert admin.post(path, data=fields).status_code == 422 and usernames(web) == {"boss"}


def test_what_changed_since_it_was_looked_at_is_shown_anew(web: Web, admin: FlaskClient) -> None:
    path = send(admin, "people", TABLE.encode()).location
    page = admin.get(path)
    web.add_user("sunli", Role.OPERATOR)
    fields = {"csrf_token": csrf_of(page), "do": "take", **fields_of(page.text)}
    late = admin.post(path, data=fields)
    assert late.status_code == 409 and "您查看之后" in late.text and "zhoutao" not in usernames(web)
    fields |= fields_of(late.text)
    assert admin.post(path, data=fields).status_code == 200 and "zhoutao" in usernames(web)


def test_a_table_to_fill_holds_the_headings_and_what_cells_choose_from(web: Web, admin: FlaskClient) -> None:
    answer = admin.get("/people/import/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    headings, values = ([list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets)
    assert headings == [
        ["用户名", "姓名", "角色", "分机", "话机", "队列", "级别", "组", "部门", "邮箱", "手机", "有效期"]
    ]
    told = {row[0]: row[1] for row in values}
    assert told["队列"] == "全部、客户服务" and told["组"] == "早班" and "质检" in str(told["角色"])
    assert told["级别"] == "1、2、3、4、5、客户服务:2"
    book.worksheets[0].append(["sunli", "孙丽", "客服", 1003])
    file = io.BytesIO()
    book.save(file)
    path = send(admin, "people", file.getvalue(), "people.xlsx").location
    assert "孙丽 (sunli)" in admin.get(path).text, "it comes back as it was given out"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_all_of_them_are_given_out_as_a_table_that_may_come_back(admin: FlaskClient, ending: str) -> None:
    assert f"/admin/people/import/present.{ending}" in admin.get("/admin/people").text
    given = admin.get(f"/admin/people/import/present.{ending}")
    assert given.status_code == 200 and f'.{ending}"' in given.headers["Content-Disposition"]
    path = send(admin, "people", given.data, f"people.{ending}").location
    assert "新增 0 人，更新 0 人" in admin.get(path).text


def test_other_kinds_have_a_table_to_fill_too(web: Web) -> None:
    chen = web.signed_in(Role.SUPERVISOR, username="chen")
    for kind in ("customers", "directory", "projects", "roster", "shifts", "trainings"):
        assert f"/{kind}/import/template.xlsx" in chen.get(f"/{kind}/import").text
        assert chen.get(f"/{kind}/import/template.xlsx").status_code == 200


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OPERATOR, Role.EXAMINER])
def test_only_administrators_bring_people_in(web: Web, role: Role) -> None:
    client = web.signed_in(role)
    assert client.get("/people/import").status_code == 403
    assert client.get("/people/import/template.xlsx").status_code == 403
    assert client.get("/admin/people/import/present.csv").status_code == 403
    assert client.get("/people/import/nothing").status_code == 403
    refused = post(client, "/people/import", "/password", file="")
    assert refused.status_code == 403 and PASSWORD not in refused.text
