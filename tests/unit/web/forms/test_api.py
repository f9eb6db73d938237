"""The records of calls by the API: drafts, conflicts, done, and what is opened from them (B1, B3, B6, A10, A15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.calls.call import Ring, Talk
from hotline.domain.customers.customer import Customer
from hotline.domain.operators.presence import WRAP_UP, OperatorPresence
from hotline.domain.people import Role
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.operators.store import PresenceStore
from tests.support import sample_calls as sample
from tests.support.web import PASSWORD, Web, csrf_of, sign_in

HOSTILE = (
    "<script>document.title='x'</script>",
    "长" * 10_000,
    "👩‍👩‍👧‍👦🎉 张\u0301",
    "\u202egnp.exe 右到左 مرحبا",
    "%(n)s {{ 7*7 }} ';-- \\",
)


@dataclass
class Desk:
    """Somebody at a browser who calls the API."""

    client: FlaskClient
    csrf: str

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> TestResponse:
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers={"X-CSRFToken": self.csrf})

    def get(self, path: str) -> Any:
        response = self.send("GET", path)
        assert response.status_code == 200, response.text
        return response.json

    def put(self, path: str, **body: Any) -> TestResponse:
        return self.send("PUT", path, body)

    def post(self, path: str, **body: Any) -> TestResponse:
        return self.send("POST", path, body)


def desk(web: Web, username: str, *roles: Role, extension: str | None = None) -> Desk:
    client = web.signed_in(*roles, username=username)
    if extension:
        with web.hotline.storage.writing() as tx:
            user = UserStore(tx).by_username(username)
            assert user is not None
            UserStore(tx).update(replace(user, extension=extension))
    return Desk(client, csrf_of(client.get("/password")))


def signed_in_again(web: Web, username: str) -> Desk:
    client = web.client()
    sign_in(client, username, PASSWORD)
    return Desk(client, csrf_of(client.get("/password")))


@pytest.fixture
def zhao(web: Web) -> Desk:
    web.keep(sample.talking_call("node1-1.5", number="+8613912345678"))
    return desk(web, "zhao", Role.OPERATOR, extension="1001")


@pytest.fixture
def form(web: Web, zhao: Desk) -> dict[str, Any]:
    (found,) = zhao.get("/forms")["forms"]
    return found


COMPLETE = {"category": "consult", "content": "问价格", "handling": "已答复", "solved": True}


def test_b1_an_unfinished_form_stands_on_its_operators_list(form: dict[str, Any], web: Web) -> None:
    assert (form["owner"], form["state"], form["version"]) == ("1001", "open", 1)
    assert form["call_id"] == web.call_id("node1-1.5")
    assert form["missing"] == ["category"] and form["may_write"] is True
    assert ("zhao", "forms.view", "forms") in web.audit()


def test_a14_an_operator_sees_the_callers_number_masked_and_sends_it_back_so(
    web: Web, zhao: Desk, form: dict[str, Any]
) -> None:
    assert form["number_shown"] == form["callback_number"] == "139****5678"
    saved = zhao.put(f"/forms/{form['id']}", version=1, callback_number="139****5678", content="x").json
    assert saved["callback_number"] == "139****5678"
    boss = desk(web, "boss", Role.SUPERVISOR)
    assert boss.get(f"/forms/{form['id']}")["callback_number"] == "13912345678"


def test_b1_drafts_are_saved_field_by_field(zhao: Desk, form: dict[str, Any]) -> None:
    saved = zhao.put(f"/forms/{form['id']}", version=1, content="打印机").json
    assert (saved["content"], saved["version"], saved["missing"]) == ("打印机", 2, ["category"])
    saved = zhao.put(f"/forms/{form['id']}", version=2, category="harm", fields={"product": "A3"}).json
    assert saved["content"] == "打印机"
    assert saved["fields"] == {"product": "A3"}
    assert "fields.damage" in saved["missing"] and "fields.product" not in saved["missing"]
    saved = zhao.put(f"/forms/{form['id']}", version=3, fields={"damage": "烧坏"}).json
    assert saved["fields"] == {"product": "A3", "damage": "烧坏"}


def test_b1_saving_what_is_there_already_changes_nothing(zhao: Desk, form: dict[str, Any]) -> None:
    zhao.put(f"/forms/{form['id']}", version=1, content="x")
    assert zhao.put(f"/forms/{form['id']}", version=2, content="x").json["version"] == 2


def test_two_people_cannot_overwrite_each_other_unseen(web: Web, zhao: Desk, form: dict[str, Any]) -> None:
    boss = desk(web, "boss", Role.SUPERVISOR)
    assert boss.put(f"/forms/{form['id']}", version=1, content="主管写的").status_code == 200
    refused = zhao.put(f"/forms/{form['id']}", version=1, content="我写的")
    assert refused.status_code == 409
    assert refused.json["code"] == "conflict"
    assert (refused.json["current"]["content"], refused.json["current"]["updated_by"]) == ("主管写的", "boss")
    assert zhao.get(f"/forms/{form['id']}")["content"] == "主管写的"


def test_b3_done_says_in_words_what_is_missing_and_then_is_done_once(
    web: Web, zhao: Desk, form: dict[str, Any]
) -> None:
    path = f"/forms/{form['id']}"
    assert [e["field"] for e in zhao.post(f"{path}/done", version=1).json["errors"]] == ["category"]
    zhao.put(path, version=1, category="harm", content="漏电", promise="明天回电")
    refused = zhao.post(f"{path}/done", version=2)
    assert refused.status_code == 422
    assert [e["field"] for e in refused.json["errors"]] == [
        "caller_name",
        "address",
        "handling",
        "follow_up_person",
        "promise_due_at",
        "fields.product",
        "fields.damage",
    ]
    assert all(e["message"] for e in refused.json["errors"])
    zhao.put(path, version=2, **{**COMPLETE, "promise": ""})
    done = zhao.post(f"{path}/done", version=3)
    assert (done.status_code, done.json["state"], done.json["done_by"]) == (200, "done", "zhao")
    again = zhao.post(f"{path}/done", version=3)
    assert (again.status_code, again.json["version"]) == (200, done.json["version"])
    assert zhao.get("/forms")["total"] == 0
    assert [entry for entry in web.audit() if entry[1] == "form.done"] == [("zhao", "form.done", f"form:{form['id']}")]


def finished(zhao: Desk, form: dict[str, Any]) -> dict[str, Any]:
    zhao.put(f"/forms/{form['id']}", version=1, **COMPLETE)
    return zhao.post(f"/forms/{form['id']}/done", version=2).get_json()


def test_a_done_form_is_corrected_by_its_owner_on_that_day_and_by_supervisors_later(
    web: Web, zhao: Desk, form: dict[str, Any]
) -> None:
    path, version = f"/forms/{form['id']}", finished(zhao, form)["version"]
    corrected = zhao.put(path, version=version, content="问价格和交期")
    assert (corrected.status_code, corrected.json["state"]) == (200, "done")
    emptied = zhao.put(path, version=version + 1, content=" ")
    assert (emptied.status_code, emptied.json["errors"][0]["field"]) == (422, "content")
    web.clock.advance(hours=14)  # past midnight
    zhao = signed_in_again(web, "zhao")
    assert zhao.get(path)["may_write"] is False
    assert zhao.put(path, version=version + 1, content="改").status_code == 403
    boss = desk(web, "boss", Role.SUPERVISOR)
    assert boss.put(path, version=version + 1, content="改过").status_code == 200
    with web.hotline.storage.reading() as tx:
        details = [e["detail"] for e in AuditLog(tx).latest(50) if e["action"] == "form.correct"]
    assert details[0] == '{"content": ["问价格和交期", "改过"]}'


def test_another_operator_reads_but_does_not_write(web: Web, zhao: Desk, form: dict[str, Any]) -> None:
    qian = desk(web, "qian", Role.OPERATOR, extension="1002")
    assert qian.get(f"/forms/{form['id']}")["may_write"] is False
    assert qian.put(f"/forms/{form['id']}", version=1, content="x").status_code == 403
    assert qian.post(f"/forms/{form['id']}/done", version=1).status_code == 403
    assert qian.get("/forms?owner=all")["total"] == 0, "an operator finds none but their own"
    assert qian.get("/forms?owner=1001")["total"] == 0


def test_a12_who_passed_the_call_on_may_still_write_what_they_were_typing(
    web: Web, zhao: Desk, form: dict[str, Any]
) -> None:
    call = sample.talking_call("node1-1.5", number="+8613912345678")
    talks = (Talk(sample.ZHAO, web.now, web.now), Talk(sample.QIAN, web.now, None))
    web.keep(replace(call, talks=talks))
    saved = zhao.put(f"/forms/{form['id']}", version=2, content="客户要退货")
    assert (saved.status_code, saved.json["owner"], saved.json["owner_name"]) == (200, "1002", "钱伟")


def test_f5_an_examiner_reads_everything_and_writes_nothing(web: Web, zhao: Desk, form: dict[str, Any]) -> None:
    examiner = desk(web, "qa", Role.EXAMINER)
    assert examiner.get("/forms?owner=all")["total"] == 1
    assert examiner.put(f"/forms/{form['id']}", version=1, content="x").status_code == 403


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_it_is_in_every_field(zhao: Desk, form: dict[str, Any], text: str) -> None:
    names = (
        "caller_name",
        "callback_number",
        "region",
        "address",
        "content",
        "handling",
        "promise",
        "follow_up_person",
    )
    for version, name in enumerate(names, start=1):
        saved = zhao.put(f"/forms/{form['id']}", version=version, **{name: text})
        assert saved.status_code == 200, saved.text
        assert saved.json[name] == text
    assert zhao.put(f"/forms/{form['id']}", version=9, fields={"product": text}).json["fields"]["product"] == text


def test_control_characters_are_left_out_and_lines_stay_lines(zhao: Desk, form: dict[str, Any]) -> None:
    saved = zhao.put(f"/forms/{form['id']}", version=1, content="一\x00\x07\r\n二\t三", caller_name="王\n建\x1b国").json
    assert (saved["content"], saved["caller_name"]) == ("一\n二\t三", "王 建国")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"content": "长" * 10_001}, "content"),
        ({"category": "no-such"}, "category"),
        ({"fields": {"no_such": "x"}}, "fields.no_such"),
        ({"fields": {"wish": "别的"}}, "fields.wish"),
        ({"fields": {"happened_on": "明天"}}, "fields.happened_on"),
        ({"customer_id": 12345}, "customer_id"),
        ({"promise_due_at": "2026-13-01T00:00:00Z"}, "promise_due_at"),
        ({"promise_due_at": "9999-01-01T00:00:00Z"}, "promise_due_at"),
        ({"solved": "maybe"}, "solved"),
        ({"state": "done"}, "state"),
        ({"owner": "1002"}, "owner"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(
    zhao: Desk, form: dict[str, Any], body: dict[str, Any], field: str
) -> None:
    refused = zhao.put(f"/forms/{form['id']}", version=1, **body)
    assert refused.status_code == 422
    assert [e["field"] for e in refused.json["errors"]] == [field]
    assert zhao.get(f"/forms/{form['id']}")["version"] == 1


def test_the_form_of_a_call_nobody_has_taken_yet_is_begun_by_hand(web: Web) -> None:
    web.keep(replace(sample.bare_call("node1-1.9"), rings=(Ring(sample.ZHAO, web.now, None, 0.0, 0, ""),)))
    zhao = desk(web, "zhao", Role.OPERATOR, extension="1001")
    path = f"/calls/{web.call_id('node1-1.9')}/form"
    begun = zhao.put(path, version=None, content="先记")
    assert (begun.status_code, begun.json["owner"], begun.json["content"]) == (200, "1001", "先记")
    assert zhao.put(path).json["id"] == begun.json["id"]
    assert zhao.put("/calls/99999/form").status_code == 404


def test_b6_a_promise_stands_until_it_is_kept(web: Web, zhao: Desk, form: dict[str, Any]) -> None:
    path = f"/forms/{form['id']}"
    zhao.put(path, version=1, promise="回电报价", promise_due_at="2026-11-16T12:00:00+08:00")
    assert [f["promise"] for f in zhao.get("/forms?state=promised")["forms"]] == ["回电报价"]
    assert zhao.post(f"{path}/promise-kept", note="已回电").json["promise_kept_at"] is not None
    assert zhao.get("/forms?state=promised")["total"] == 0
    assert zhao.post(f"{path}/promise-kept").status_code == 404
    again = zhao.put(path, version=3, promise_due_at="2026-11-17T12:00:00+08:00").json
    assert again["promise_kept_at"] is None, "another time is another promise"


def test_a10_the_call_goes_on_from_another_line(web: Web, zhao: Desk, form: dict[str, Any]) -> None:
    path = f"/forms/{form['id']}/callback"
    opened = zhao.post(path, reason="long_call", note="资料查好后回电")
    assert (opened.status_code, opened.json["number_shown"]) == (201, "139****5678")
    # The call ends as answered, and its fold shows that no callback is owed: this one stays.
    web.keep(replace(sample.talking_call("node1-1.5", number="+8613912345678"), ended_at=web.now))
    with web.hotline.storage.reading() as tx:
        (owed,) = CallbackStore(tx).list()
    assert (owed.reason.value, owed.number, owed.opened_by, owed.note) == (
        "long_call",
        "+8613912345678",
        "zhao",
        "资料查好后回电",
    )
    assert owed.due_at == web.now + timedelta(minutes=30)
    assert zhao.post(path, number="不是号码").json["errors"][0]["field"] == "number"


def test_b6_after_a_callback_was_made_another_may_be_promised(web: Web, zhao: Desk, form: dict[str, Any]) -> None:
    path = f"/forms/{form['id']}/callback"
    for number in ("13800138000", "01088886666"):
        assert zhao.post(path, number=number).status_code == 201
        with web.hotline.storage.writing() as tx:
            (owed,) = CallbackStore(tx).list()
            assert CallbackStore(tx).close(owed.id or 0, "zhao", "reached", web.now)
    with web.hotline.storage.reading() as tx:
        assert [c.number for c in CallbackStore(tx).list(include_closed=True)] == ["+8613800138000", "+861088886666"]


def test_d1_a_case_has_a_number_that_the_caller_can_be_told(zhao: Desk, form: dict[str, Any]) -> None:
    first = zhao.post(f"/forms/{form['id']}/case", kind="complaint", title=" 漏电 ", content="要求退货")
    second = zhao.post(f"/forms/{form['id']}/case", kind="request", title="上门")
    assert (first.status_code, first.json["number"], first.json["title"]) == (201, "20261116-001", "漏电")
    assert second.json["number"] == "20261116-002"
    assert zhao.post(f"/forms/{form['id']}/case", kind="complaint", title="  ").status_code == 422
    case_id = second.json["id"]
    assert zhao.post(f"/cases/{case_id}/close", result=" ").status_code == 422
    closed = zhao.post(f"/cases/{case_id}/close", result="已换货")
    assert (closed.json["state"], closed.json["result"]) == ("closed", "已换货")
    assert zhao.post(f"/cases/{case_id}/close", result="again").status_code == 409
    assert [c["number"] for c in zhao.get("/cases?state=open")["cases"]] == ["20261116-001"]


def test_a15_a_supervisor_decides_whom_an_operator_asks_to_have_blocked(
    web: Web, zhao: Desk, form: dict[str, Any]
) -> None:
    path = f"/forms/{form['id']}/block-request"
    asked = zhao.post(path, reason="反复骚扰", days=30)
    assert (asked.status_code, asked.json["days"]) == (201, 30)
    assert zhao.post(path, reason="again").status_code == 409
    assert zhao.send("GET", "/block-requests").status_code == 403
    assert zhao.post(f"/block-requests/{asked.json['id']}/approve").status_code == 403
    boss = desk(web, "boss", Role.SUPERVISOR)
    (waiting,) = boss.get("/block-requests")["requests"]
    assert waiting["number_shown"] == "13912345678"
    web.clock.advance(hours=2)
    assert boss.post(f"/block-requests/{waiting['id']}/approve", note="同意").json["decision"] == "approved"
    assert boss.post(f"/block-requests/{waiting['id']}/refuse").status_code == 409
    with web.hotline.storage.reading() as tx:
        blocked = BlocklistStore(tx).active("+8613912345678", web.now)
    assert blocked is not None and blocked.expires_at == web.now + timedelta(days=30)
    assert zhao.post(path, reason="again").status_code == 409, "blocked already"


def test_e10_who_does_not_want_to_be_called_is_not_promised_a_call(web: Web, zhao: Desk, form: dict[str, Any]) -> None:
    with web.hotline.storage.writing() as tx:
        wang = CustomerStore(tx).add(Customer(name="王", do_not_call=True, created_at=web.now, updated_at=web.now))
    zhao.put(f"/forms/{form['id']}", version=1, customer_id=wang.id)
    assert zhao.post(f"/forms/{form['id']}/callback").status_code == 422


def test_b9_the_tree_of_subjects_comes_with_what_is_done_about_each(zhao: Desk) -> None:
    tree = {each["id"]: each for each in zhao.get("/categories")["categories"]}
    assert tree["consult_product"]["path"] == ["业务咨询", "产品咨询"]
    assert (tree["purchase"]["way"], tree["purchase"]["subject"]) == ("sales", "销售")
    assert list(tree).index("consult") < list(tree).index("consult_technical")


def test_without_the_csrf_token_nothing_is_written(zhao: Desk, form: dict[str, Any]) -> None:
    refused = zhao.client.put(f"/api/v1/forms/{form['id']}", json={"version": 1, "content": "x"})
    assert refused.status_code == 400
    assert zhao.get(f"/forms/{form['id']}")["version"] == 1


def test_nobody_writes_after_being_deactivated(web: Web, zhao: Desk, form: dict[str, Any]) -> None:
    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username("zhao")
        assert user is not None
        UserStore(tx).update(replace(user, active=False))
    assert zhao.put(f"/forms/{form['id']}", version=1, content="x").status_code == 401


@pytest.mark.parametrize(("which", "ended"), [("node1-1.6", True), ("node1-1.5", False)])
def test_a_record_that_is_done_ends_its_own_calls_wrap_up_and_no_others(
    web: Web, zhao: Desk, which: str, ended: bool
) -> None:
    """The latest call's record ends the wrap-up; one that is written later from the list does not."""
    web.keep(sample.talking_call("node1-1.6", web.now))
    wrapping = OperatorPresence(
        "1001", web.now, web.now, ("service",), True, WRAP_UP, wrap_up_until=web.now + timedelta(minutes=1)
    )
    with web.hotline.storage.writing() as tx:
        PresenceStore(tx).save([wrapping])
    pbx = web.pbx
    pbx.members["service", "1001"] = (True, WRAP_UP)
    form_id = next(f["id"] for f in zhao.get("/forms")["forms"] if f["linkedid"] == which)
    zhao.put(f"/forms/{form_id}", version=1, **COMPLETE)
    assert zhao.post(f"/forms/{form_id}/done", version=2).status_code == 200
    assert pbx.members["service", "1001"][0] is not ended
