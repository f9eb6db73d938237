"""Customers on their pages and by the API: who may, what is shown, what is refused."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from hotline.domain.customers.customer import Customer, PreferredWay, read_number
from hotline.domain.people import Actor, Role
from hotline.services.customers import customers
from hotline.storage.accounts.users import UserStore
from tests.support.rows import a_call
from tests.support.sample_calls import talking_call
from tests.support.web import Web, csrf_of, post

BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss")

HOSTILE = ["<script>alert(1)</script>", "😀" * 50, "\u202eעברית", "'\"><img src=x onerror=alert(1)>", "{{ 7*7 }}"]


def someone(web: Web, *written: str, **fields: Any) -> int:
    numbers = tuple(read_number(number) for number in written or ("13800138000",))
    made = customers.create(web.hotline.storage, Customer(numbers=numbers, **{"name": "张伟", **fields}), BOSS, web.now)
    return made.id or 0


def stored(web: Web, customer_id: int) -> Customer:
    with web.hotline.storage.reading() as tx:
        return customers.known(tx, customer_id)


def saved(client: FlaskClient, path: str, **fields: str) -> Any:
    """Send the form of `path` with what stands in it."""
    page = client.get(path)
    version = page.text.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    return client.post(path, data={"csrf_token": csrf_of(page), "version": version, "preferred_way": "phone", **fields})


def api(web: Web, *roles: Role) -> tuple[FlaskClient, dict[str, str]]:
    return web.client(), web.program(*roles)


def test_a_search_shows_masked_numbers_to_operators_and_whole_ones_to_overseers(web: Web) -> None:
    """E4."""
    someone(web)
    page = web.signed_in(Role.OPERATOR).get("/customers?q=0086 138-0013-8000").text
    assert "138****8000" in page
    assert "13800138000" not in page.replace('value="0086 138-0013-8000"', "")
    assert "13800138000" in web.signed_in(Role.SUPERVISOR).get("/customers").text


def test_an_operator_on_a_call_with_the_customer_sees_the_number(web: Web) -> None:
    customer_id = someone(web)
    operator = web.signed_in(Role.OPERATOR, username="op")
    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username("op")
        assert user is not None
        UserStore(tx).update(dataclasses.replace(user, extension="1001"))
    assert "138****8000" in operator.get(f"/customers/{customer_id}").text
    web.keep(talking_call("1", web.now, "+8613800138000"))
    assert "13800138000" in operator.get(f"/customers/{customer_id}").text


def test_do_not_call_and_the_way_are_shown_prominently(web: Web) -> None:
    """E3, E10."""
    customer_id = someone(web, do_not_call=True, preferred_way=PreferredWay.NONE)
    page = web.signed_in(Role.OPERATOR).get(f"/customers/{customer_id}").text
    assert 'role="alert"' in page
    assert "E10" in page
    assert "不回访" in page


def test_every_view_and_search_is_audited(web: Web) -> None:
    """F8."""
    customer_id = someone(web)
    client = web.signed_in(Role.EXAMINER, username="exa")
    client.get("/customers?q=8000")
    client.get(f"/customers/{customer_id}")
    seen = [entry for entry in web.audit() if entry[0] == "exa"]
    assert ("exa", "customers.search", "customers") in seen
    assert ("exa", "customer.view", f"customer:{customer_id}") in seen


def test_examiners_read_and_do_not_write(web: Web) -> None:
    """F5."""
    customer_id = someone(web)
    client = web.signed_in(Role.EXAMINER)
    assert "/edit" not in client.get(f"/customers/{customer_id}").text
    for path in ("/customers/new", f"/customers/{customer_id}/edit", f"/customers/{customer_id}/merge"):
        assert client.get(path).status_code == 403


def test_a_customer_is_written_down_and_changed(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR)
    answer = saved(client, "/customers/new", name="王五", numbers="138 0013 8000\n010-6666 7777 转 801\n", consent="y")
    assert answer.status_code == 302
    made = stored(web, 1)
    assert (made.name, len(made.numbers), made.consent_at) == ("王五", 2, web.now)
    web.clock.advance(hours=1)
    assert saved(client, "/customers/1/edit", name="王五", do_not_call="y", consent="y").status_code == 302
    assert stored(web, 1).do_not_call
    assert stored(web, 1).consent_at == web.now - timedelta(hours=1), "the moment at which it was given"
    assert saved(client, "/customers/1/edit", name="王五").status_code == 302
    assert stored(web, 1).consent_at is None


def test_semicolons_part_numbers_and_who_has_one_already_is_named(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR)
    answer = saved(client, "/customers/new", name="王建国", numbers="13800138000；010-66667777；转801; 13912345678")
    assert answer.status_code == 302
    assert [(each.number, each.extension) for each in stored(web, 1).numbers] == [
        ("+8613800138000", ""),
        ("+861066667777", "801"),
        ("+8613912345678", ""),
    ]
    assert "也是" not in client.get(answer.location).text
    shared = saved(client, "/customers/new", name="刘芳", numbers="13912345678")
    assert "13912345678 也是 王建国 的号码" in client.get(shared.location).text


def test_a_new_customer_begins_with_what_a_call_knows(web: Web) -> None:
    page = web.signed_in(Role.OPERATOR).get("/customers/new?name=赵&number=13800138000&region=广东").text
    assert 'value="赵"' in page
    assert "13800138000" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "a", "numbers": "8001"}, "区号"),
        ({"name": "a", "numbers": "13800138000\n010-6666 7777；12345678"}, "“12345678”不是电话号码"),
        ({"name": "a", "mail": "nobody"}, "name@example.com"),
        ({"name": "a", "preferred_way": "mail"}, "必须填写邮箱"),
        ({}, "请填写姓名、公司或号码"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_kept(web: Web, fields: dict[str, str], words: str) -> None:
    answer = saved(web.signed_in(Role.OPERATOR), "/customers/new", note="留着", **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert "留着" in answer.text


def test_who_saves_on_top_of_a_newer_one_keeps_what_was_typed(web: Web) -> None:
    customer_id = someone(web)
    client = web.signed_in(Role.OPERATOR)
    page = client.get(f"/customers/{customer_id}/edit")
    customers.edit(web.hotline.storage, customer_id, 1, {"name": "别人改的"}, BOSS, web.now)
    data = {"csrf_token": csrf_of(page), "version": "1", "preferred_way": "phone", "name": "我改的"}
    answer = client.post(f"/customers/{customer_id}/edit", data=data)
    assert answer.status_code == 409
    assert "我改的" in answer.text
    again = client.post(f"/customers/{customer_id}/edit", data={**data, "version": "2"})
    assert again.status_code == 302
    assert stored(web, customer_id).name == "我改的"


def test_numbers_are_added_and_removed(web: Web) -> None:
    customer_id = someone(web)
    client = web.signed_in(Role.SUPERVISOR)
    page = f"/customers/{customer_id}"
    post(client, f"{page}/numbers", page, number="0755-83765566转801", label="办公")
    assert len(stored(web, customer_id).numbers) == 2
    assert "区号" in client.get(post(client, f"{page}/numbers", page, number="8001").location).text
    post(client, f"{page}/numbers", page, number="13800138000")
    assert len(stored(web, customer_id).numbers) == 2
    number = stored(web, customer_id).numbers[0]
    post(client, f"{page}/numbers/{number.id}/remove", page)
    assert [n.extension for n in stored(web, customer_id).numbers] == ["801"]


def test_merge_split_and_undo_on_the_pages(web: Web) -> None:
    one, other = someone(web), someone(web, "13900139000", "13700137000", name="张 伟")
    client = web.signed_in(Role.SUPERVISOR)
    assert f'value="{other}"' in client.get(f"/customers/{one}/merge?q=13900139000").text
    post(client, f"/customers/{one}/merge", f"/customers/{one}/merge?q=1390", other_id=str(other))
    assert client.get(f"/customers/{other}").location == f"/customers/{one}"
    post(client, f"/customers/{one}/undo-merge", f"/customers/{one}", merged_id=str(other))
    assert stored(web, other).id == other
    number = stored(web, other).numbers[1]
    answer = post(client, f"/customers/{other}/split", f"/customers/{other}", number_id=str(number.id), name="李四")
    assert stored(web, int(answer.location.rpartition("/")[2])).name == "李四"
    refused = post(client, f"/customers/{one}/split", f"/customers/{one}", number_id="x")
    assert refused.location == f"/customers/{one}"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(web: Web, text: str) -> None:
    customer_id = someone(web, name=text[:100], company=text, note=text)
    client = web.signed_in(Role.SUPERVISOR)
    for path in (
        "/customers",
        f"/customers/{customer_id}",
        f"/customers/{customer_id}/edit",
        f"/customers/{customer_id}/merge",
        "/customers?q=" + text[:20].replace("&", ""),
    ):
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "7*7" in page.text or "{{" not in text


def test_export_is_for_supervisors_and_audited(web: Web) -> None:
    someone(web)
    assert web.signed_in(Role.OPERATOR).get("/customers/export").status_code == 403
    answer = web.signed_in(Role.SUPERVISOR, username="sup").get("/customers/export")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "13800138000" in answer.get_data(as_text=True)
    assert ("sup", "customers.export", "customers") in web.audit()


@pytest.mark.parametrize(
    "path", ["/customers/99", "/customers/99999999999999", "/customers/1/edit", "/customers/1/merge"]
)
def test_who_is_not_there_is_not_found(web: Web, path: str) -> None:
    assert web.signed_in(Role.SUPERVISOR).get(path).status_code == 404


def test_pages_beyond_the_last_say_so(web: Web) -> None:
    customer_id = someone(web)
    web.keep(a_call("1", web.now))
    client = web.signed_in(Role.SUPERVISOR)
    assert client.get(f"/customers/{customer_id}?page=9").status_code == 200
    assert client.get("/customers?page=999999&q=张").status_code == 200


def test_the_api_finds_shows_and_writes(web: Web) -> None:
    client, token = api(web, Role.SUPERVISOR)
    made = client.post(
        "/api/v1/customers",
        headers=token,
        json={"name": "王五", "numbers": [{"number": "１３８ 0013 8000", "label": "手机"}], "consent": True},
    )
    assert made.status_code == 201
    assert made.json["numbers"][0]["number"] == "+8613800138000"
    found = client.get("/api/v1/customers?q=8000", headers=token).json
    assert (found["total"], found["customers"][0]["id"], found["customers"][0]["last_call_at"]) == (1, 1, None)
    web.keep(a_call("1", web.now))
    detail = client.get("/api/v1/customers/1", headers=token).json
    assert (len(detail["calls"]), detail["history_total"]) == (1, 1)
    changed = client.put("/api/v1/customers/1", headers=token, json={"version": 1, "do_not_call": True})
    assert (changed.status_code, changed.json["do_not_call"], changed.json["name"]) == (200, True, "王五")
    stale = client.put("/api/v1/customers/1", headers=token, json={"version": 1, "name": "x"})
    assert (stale.status_code, stale.json["code"], stale.json["current"]["version"]) == (409, "conflict", 2)
    history = client.get("/api/v1/customers/1/history?kind=case", headers=token).json
    assert history["total"] == 0


def test_the_api_masks_for_operators(web: Web) -> None:
    """A14."""
    someone(web)
    client, token = api(web, Role.OPERATOR)
    number = client.get("/api/v1/customers/1", headers=token).json["numbers"][0]
    assert (number["number"], number["number_shown"]) == (None, "138****8000")
    listed = client.get("/api/v1/customers", headers=token).json["customers"][0]["numbers"][0]
    assert (listed["number"], listed["number_shown"]) == (None, "138****8000")


def test_the_api_merges_splits_and_undoes(web: Web) -> None:
    someone(web)
    someone(web, "13900139000")
    client, token = api(web, Role.SUPERVISOR)
    merged = client.post("/api/v1/customers/1/merge", headers=token, json={"other_id": 2})
    assert len(merged.json["numbers"]) == 2
    shown = client.get("/api/v1/customers/2", headers=token).json
    assert (shown["id"], [each["id"] for each in shown["merged"]]) == (1, [2])
    undone = client.post("/api/v1/customers/1/split", headers=token, json={"merged_id": 2})
    assert (undone.status_code, undone.json["id"]) == (201, 2)
    added = client.post("/api/v1/customers/1/numbers", headers=token, json={"number": "010-66667777转1"})
    assert added.status_code == 201
    split = client.post("/api/v1/customers/1/split", headers=token, json={"number_ids": [added.json["id"]]})
    assert (split.status_code, split.json["id"]) == (201, 3)
    gone = client.delete(f"/api/v1/customers/3/numbers/{split.json['numbers'][0]['id']}", headers=token)
    assert (gone.status_code, gone.data) == (204, b"")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("post", "/customers", {}, 422),
        ("post", "/customers", {"name": "长" * 201}, 422),
        ("post", "/customers", {"numbers": [{"number": "8001"}]}, 422),
        ("post", "/customers", {"name": "a", "colour": 1}, 422),
        ("put", "/customers/7", {"version": 1}, 404),
        ("post", "/customers/7/merge", {"other_id": 8}, 404),
        ("post", "/customers/1/numbers", {"number": "13800138000"}, 409),
        ("post", "/customers/1/split", {"number_ids": [1]}, 422),
        ("post", "/customers/1/split", {"merged_id": 1}, 404),
        ("post", "/customers/1/merge", {"other_id": 1}, 422),
        ("delete", "/customers/1/numbers/7", None, 404),
        ("get", "/customers?limit=0", None, 422),
    ],
)
def test_the_api_refuses_with_stable_statuses(
    web: Web, method: str, path: str, body: dict[str, Any] | None, status: int
) -> None:
    someone(web)
    client, token = api(web, Role.SUPERVISOR)
    answer = client.open(f"/api/v1{path}", method=method.upper(), json=body, headers=token)
    assert answer.status_code == status
    assert answer.json["status"] == status


def test_examiners_do_not_write_by_the_api(web: Web) -> None:
    client, token = api(web, Role.EXAMINER)
    assert client.post("/api/v1/customers", headers=token, json={"name": "a"}).status_code == 403
