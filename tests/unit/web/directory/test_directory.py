"""The directory and its messages on their pages and by the API (A6, A14)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from hotline.domain.directory.directory import DirectoryPerson
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.services.directory import directory as directory_people
from hotline.services.directory import messages
from hotline.services.directory.messages import NewMessage
from tests.support.rows import a_call
from tests.support.uploads import take
from tests.support.web import Web, csrf_of, post

BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss")
NUMBER = "13800000001"


def someone(web: Web, name: str = "赵敏", **fields: Any) -> int:
    person = DirectoryPerson(name, Number("+86" + NUMBER), mail="z@example.com", subjects=("销售",), regions=("广东",))
    added = directory_people.add_person(
        web.hotline.storage, web.pbx, dataclasses.replace(person, **fields), BOSS, web.now
    )
    return added.id or 0


def test_no_way_shows_an_operator_the_number(web: Web) -> None:
    """A14: neither pages nor API, whole or in part."""
    person_id = someone(web)
    operator, token = web.signed_in(Role.OPERATOR), web.program(Role.OPERATOR)
    answers = [
        operator.get("/directory"),
        operator.get(f"/directory?q={NUMBER}"),
        operator.get("/messages"),
        operator.get(f"/directory/{person_id}/message"),
        web.client().get("/api/v1/directory", headers=token),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert NUMBER[-4:] not in answer.text.replace(f'value="{NUMBER}"', "")
        assert "z@example.com" not in answer.text
    for path in (f"/directory/{person_id}", "/directory/new", "/directory/export"):
        assert operator.get(path).status_code == 403
    found = answers[-1].json["people"][0]
    assert (found["number"], found["number_shown"], found["mail"]) == (None, "", None)


def test_supervisors_see_and_keep_it(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    page = client.get("/directory/new")
    answer = client.post(
        "/directory/new",
        data={
            "csrf_token": csrf_of(page),
            "name": "赵敏",
            "number": "138 0000 0001",
            "subjects": "销售、渠道，售后",
            "regions": "广东; 广西",
            "active": "y",
        },
    )
    assert answer.status_code == 302
    assert web.pbx.database == {"hotline-directory/1": NUMBER}
    shown = client.get("/directory").text
    assert NUMBER in shown
    assert "渠道" in shown
    edited = post(client, "/directory/1", name="赵敏", number=NUMBER, version="1", subjects="", regions="")
    assert edited.status_code == 302
    assert web.pbx.database == {"hotline-directory/1": ""}, "not ticked: takes no calls"
    stale = post(client, "/directory/1", name="旧", number=NUMBER, version="1")
    assert stale.status_code == 409
    post(client, "/directory/1/remove", "/directory/1")
    assert client.get("/directory/1").status_code == 404


def test_who_takes_no_calls_is_not_offered_to_operators(web: Web) -> None:
    someone(web, active=False)
    assert "赵敏" not in web.signed_in(Role.OPERATOR).get("/directory").text
    assert "赵敏" in web.signed_in(Role.SUPERVISOR).get("/directory").text


def test_the_best_fit_for_the_callers_region_comes_first(web: Web) -> None:
    """A6."""
    for name, region in (("全国的", "全国"), ("深圳的", "深圳"), ("广东的", "广东")):
        someone(web, name, regions=(region,))
    token = web.program(Role.OPERATOR)
    query = {"subject": "销售", "region": "广东省深圳市"}
    people = web.client().get("/api/v1/directory", headers=token, query_string=query).json["people"]
    assert [(each["name"], each["region_fit"]) for each in people] == [
        ("深圳的", "city"),
        ("广东的", "province"),
        ("全国的", "national"),
    ]
    assert web.client().get("/api/v1/directory?q=sz", headers=token).json["people"][0]["name"] == "深圳的"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "a", "number": "8001"}, "区号"),
        ({"name": "", "number": NUMBER}, "请填写姓名"),
        ({"name": "a", "number": NUMBER, "mail": "x"}, "name@example.com"),
        ({"name": "a", "number": NUMBER, "subjects": "长" * 50}, "最多 50 项"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(web: Web, fields: dict[str, str], words: str) -> None:
    answer = post(web.signed_in(Role.SUPERVISOR), "/directory/new", **fields)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_table_is_brought_in_and_given_out(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    done = take(client, "directory", "姓名,电话\n赵敏,13800000001\n".encode("gb18030"))
    assert "新增 1 人" in client.get(done.location).text
    assert "13800000001" in client.get("/directory/export").get_data(as_text=True)


def test_a_message_is_left_listed_and_passed_on(web: Web) -> None:
    person_id = someone(web)
    client = web.signed_in(Role.OPERATOR)
    form = f"/directory/{person_id}/message"
    assert post(client, form, text="").status_code == 422
    assert "区号" in post(client, form, text="x", caller_number="8001").text
    assert post(client, form, text="请回电", caller_name="王师傅", caller_number="13812345678").status_code == 302
    page = client.get("/messages").text
    assert "13812345678" in page, "whoever passes it on needs the number"
    post(client, "/messages/1/passed-on", "/messages", note="微信")
    assert "微信" in client.get("/messages").text
    again = client.post("/messages/1/passed-on", data={"csrf_token": csrf_of(client.get("/customers/new"))})
    assert "已有人转达" in client.get(again.location).text


def test_the_api_leaves_a_message_from_a_call(web: Web) -> None:
    person_id = someone(web)
    web.keep(a_call("1", web.now))
    token = web.program(Role.SUPERVISOR)  # a program has no calls of its own
    left = web.client().post(
        f"/api/v1/directory/{person_id}/messages", headers=token, json={"text": "请回电", "call_id": web.call_id("1")}
    )
    assert left.status_code == 201
    assert (left.json["person"], left.json["number_shown"]) == ("赵敏", "13800138000")
    listed = web.client().get("/api/v1/messages?open=true", headers=token).json["messages"]
    assert [each["id"] for each in listed] == [left.json["id"]]
    done = web.client().post(f"/api/v1/messages/{left.json['id']}/passed-on", headers=token, json={"note": "ok"})
    assert (done.status_code, done.json["passed_on_note"]) == (200, "ok")
    again = web.client().post(f"/api/v1/messages/{left.json['id']}/passed-on", headers=token, json={})
    assert again.status_code == 404
    assert web.client().get("/api/v1/messages?open=true", headers=token).json["messages"] == []


def test_the_api_keeps_the_directory_for_supervisors_alone(web: Web) -> None:
    body = {"name": "赵敏", "number": NUMBER, "subjects": ["销售"], "regions": []}
    operator, boss = web.program(Role.OPERATOR), web.program(Role.SUPERVISOR)
    client = web.client()
    assert client.post("/api/v1/directory", headers=operator, json=body).status_code == 403
    made = client.post("/api/v1/directory", headers=boss, json=body)
    assert (made.status_code, made.json["number"]) == (201, "+8613800000001")
    changed = client.put("/api/v1/directory/1", headers=boss, json={**body, "active": False, "version": 1})
    assert (changed.status_code, web.pbx.database["hotline-directory/1"]) == (200, "")
    stale = client.put("/api/v1/directory/1", headers=boss, json={**body, "version": 1})
    assert (stale.status_code, stale.json["current"]["version"]) == (409, 2)
    assert client.delete("/api/v1/directory/1", headers=operator).status_code == 403
    assert client.delete("/api/v1/directory/1", headers=boss).status_code == 204
    assert client.put("/api/v1/directory/1", headers=boss, json={**body, "version": 1}).status_code == 404


def test_examiners_have_nothing_to_do_here(web: Web) -> None:
    client = web.signed_in(Role.EXAMINER)
    assert client.get("/directory").status_code == client.get("/messages").status_code == 403


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202e😀", "{{ 7*7 }}"])
def test_hostile_text_stays_text(web: Web, text: str) -> None:
    person_id = someone(web, text, department=text, note=text, subjects=(text,), regions=(text,))
    messages.leave(web.hotline.storage, person_id, NewMessage(text * 20, text[:30]), BOSS, web.now)
    client = web.signed_in(Role.SUPERVISOR)
    for path in ("/directory", f"/directory/{person_id}", f"/directory/{person_id}/message", "/messages"):
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
