"""The register of trainings by pages, table and API, and the refusal to be ready."""

from __future__ import annotations

import io

import openpyxl

from hotline.domain.people import Role
from tests.support.our_people import somebody
from tests.support.web import Web, csrf_of, post


def test_added_entered_shown_and_taken_away_as_a_table(web: Web) -> None:
    _, zhao_id = somebody(web.hotline.storage, "zhao", "赵敏", web.now, extension="1001")
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    answer = post(boss, "/trainings/new", name="产品知识", kind="exam", pass_points="80", for_all="y", active="y")
    assert answer.status_code == 302
    page = answer.location
    assert "产品知识" in boss.get(page).text
    short = post(boss, f"{page}/results", page, persons=[str(zhao_id)], day="2026-11-10")
    assert short.status_code == 422 and "请填写分数" in short.text
    assert post(boss, f"{page}/results", page, persons=[str(zhao_id)], day="2026-11-10", points="91").status_code == 302
    register = boss.get("/trainings").text
    assert "赵敏" in register and "91 分" in register
    assert "赵敏" not in boss.get("/trainings?lacking=yes").text.split("<tbody>")[-1]
    book = openpyxl.load_workbook(io.BytesIO(boss.get("/trainings/trainings.xlsx").data)).worksheets[0]
    rows = {row[0]: row for row in book.iter_rows(values_only=True)}
    assert "2026-11-10" in str(rows["赵敏"][2])
    found = web.client().get("/api/v1/trainings", headers=web.program(Role.SUPERVISOR)).get_json()
    assert next(each for each in found["people"] if each["person"] == "赵敏")["lacks"] == 0


def test_changed_and_outdated(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    page = post(boss, "/trainings/new", name="安全", active="y").location
    fields = {"name": "安全规范", "kind": "training", "active": "y", "version": "1"}
    assert post(boss, page, **fields).status_code == 302
    stale = post(boss, page, **fields)
    assert stale.status_code == 422 and "已被他人更改" in stale.text
    assert post(boss, page, **{**fields, "version": "2", "valid_months": "0"}).status_code == 422


def test_results_come_in_as_a_table(web: Web) -> None:
    somebody(web.hotline.storage, "zhao", "赵敏", web.now, extension="1001")
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    post(boss, "/trainings/new", name="月考", active="y")
    token = csrf_of(boss.get("/trainings/import"))
    text = "姓名,培训,日期,合格\n赵敏,月考,2026-11-02,是\n"
    sent = boss.post("/trainings/import", data={"csrf_token": token, "file": (io.BytesIO(text.encode()), "r.csv")})
    assert sent.status_code == 303
    settle = boss.get(sent.location)
    assert "月考" in settle.text
    fields = {f"column-{place}": name for place, name in enumerate(("person", "training", "date", "passed"))}
    done = boss.post(sent.location, data={"csrf_token": csrf_of(settle), "do": "take", **fields})
    assert done.status_code == 303 and done.location == "/trainings"
    assert "2026-11-02" in boss.get("/trainings").text


def test_the_console_is_told_by_name_why_it_may_not_be_ready(web: Web) -> None:
    from dataclasses import replace

    from hotline.storage.accounts.users import UserStore

    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    post(boss, "/trainings/new", name="新品培训", for_all="y", active="y")
    operator = web.signed_in(Role.OPERATOR, username="zhao")
    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username("zhao")
        assert user is not None
        UserStore(tx).update(replace(user, extension="1001"))
    token = csrf_of(operator.get("/me"))
    body = {"state": "ready"}
    answer = operator.post("/api/v1/console/state", json=body, headers={"X-CSRFToken": token})
    assert answer.status_code == 422 and "新品培训" in answer.get_json()["detail"]
    assert web.pbx.members == {}


def test_operators_see_their_own_alone(web: Web) -> None:
    somebody(web.hotline.storage, "qian", "钱伟", web.now, extension="1002")
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    page = post(boss, "/trainings/new", name="月考", for_all="y", active="y").location
    operator = web.signed_in(Role.OPERATOR, username="zhao")
    shown = operator.get("/trainings").text
    assert "月考" in shown and "钱伟" not in shown
    assert operator.get(page).status_code == 403
