"""The ways by which an operator came to a stranger's number, each shut; and what whoever has taken something sees (A14,
E4, F8)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.examination.records import ExaminationState
from hotline.domain.numbers import Number
from hotline.domain.people import Role
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.forms.store import FormStore
from tests.support.sample_calls import QIAN, talking_call
from tests.support.strangers import NUMBERS, Strangers, form_of, shown_in, somebody, strangers
from tests.support.web import Web, csrf_of

OWN = "+8613700137000"
STRANGER = NUMBERS["answered"]


class Desk:
    """An operator at 1002 with a call of their own going on, from OWN."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.client: FlaskClient = somebody(web, "qian", Role.OPERATOR, extension="1002")
        own = talking_call("own", web.now, OWN)
        web.keep(
            replace(
                own,
                answered_by=QIAN,
                talks=tuple(replace(talk, party=QIAN) for talk in own.talks),
                rings=tuple(replace(ring, party=QIAN) for ring in own.rings),
            )
        )
        self.form = form_of(web, "own")
        with web.hotline.storage.writing() as tx:
            made = CustomerStore(tx).add(
                Customer(name="我的客户", numbers=(read_number(OWN),), created_at=web.now, updated_at=web.now)
            )
        self.customer = made.id or 0
        self._csrf = csrf_of(self.client.get("/password"))

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> TestResponse:
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers={"X-CSRFToken": self._csrf})

    def post_page(self, path: str, **fields: Any) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self._csrf, **fields})

    def page(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200
        return answer.text

    def sees(self, path: str) -> set[str]:
        return shown_in(self.page(path))


@pytest.fixture
def theirs(web: Web) -> Strangers:
    return strangers(web)


@pytest.fixture
def desk(web: Web, theirs: Strangers) -> Desk:
    return Desk(web)


def test_a14_the_number_of_a_call_that_goes_on_is_whole_and_that_of_no_other(desk: Desk, theirs: Strangers) -> None:
    assert "13700137000" in desk.page(f"/customers/{desk.customer}")
    assert desk.sees(f"/customers/{theirs.customer}") == set()


def test_a14_a_strangers_customer_written_into_ones_own_record_stays_masked(desk: Desk, theirs: Strangers) -> None:
    saved = desk.send("PUT", f"/forms/{desk.form.id}", {"version": 1, "customer_id": theirs.customer})
    assert saved.status_code == 200
    assert desk.sees(f"/customers/{theirs.customer}") == set()
    assert desk.send("GET", f"/customers/{theirs.customer}").json["numbers"][0]["number"] is None


def test_a14_a_stranger_is_not_merged_into_ones_own_caller(desk: Desk, theirs: Strangers) -> None:
    assert desk.send("POST", f"/customers/{desk.customer}/merge", {"other_id": theirs.customer}).status_code == 403
    assert desk.post_page(f"/customers/{desk.customer}/merge", other_id=theirs.customer).status_code == 403


def test_a14_a_merge_that_is_there_shows_only_the_number_of_ones_own_call(
    web: Web, desk: Desk, theirs: Strangers
) -> None:
    boss = somebody(web, "boss", Role.SUPERVISOR)
    token = csrf_of(boss.get("/password"))
    merged = boss.post(
        f"/api/v1/customers/{desk.customer}/merge", json={"other_id": theirs.customer}, headers={"X-CSRFToken": token}
    )
    assert merged.status_code == 200
    page = desk.page(f"/customers/{desk.customer}")
    assert "13700137000" in page and shown_in(page) == set()
    undo = {"merged_id": theirs.customer}
    assert desk.send("POST", f"/customers/{desk.customer}/split", undo).status_code == 403, "another has merged them"


def test_two_customers_with_the_number_of_ones_own_call_are_merged_and_that_is_undone(web: Web, desk: Desk) -> None:
    with web.hotline.storage.writing() as tx:
        twice = CustomerStore(tx).add(
            Customer(name="同一人", numbers=(read_number("13700137000"),), created_at=web.now, updated_at=web.now)
        )
    path = f"/customers/{desk.customer}"
    assert desk.send("POST", f"{path}/merge", {"other_id": twice.id}).status_code == 200
    assert desk.send("POST", f"{path}/split", {"merged_id": twice.id}).status_code == 201


def test_a14_ones_own_callers_number_is_not_added_to_a_stranger(desk: Desk, theirs: Strangers) -> None:
    path = f"/customers/{theirs.customer}/numbers"
    there = desk.send("POST", path, {"number": STRANGER})
    assert [there.status_code, desk.send("POST", path, {"number": "13700137000"}).status_code] == [403, 403]
    assert there.json["detail"] == desk.send("POST", path, {"number": OWN}).json["detail"], "tells not what is there"
    assert desk.post_page(path, number="13700137000").status_code == 403


def test_a14_a_strangers_number_is_not_removed_nor_split_off(web: Web, desk: Desk, theirs: Strangers) -> None:
    path = f"/customers/{theirs.customer}"
    with web.hotline.storage.reading() as tx:
        customer = CustomerStore(tx).by_id(theirs.customer)
    assert customer is not None
    ids = [number.id for number in customer.numbers]
    assert desk.send("DELETE", f"{path}/numbers/{ids[0]}").status_code == 403
    assert desk.send("POST", f"{path}/split", {"number_ids": [ids[0]]}).status_code == 403
    assert desk.post_page(f"{path}/numbers/{ids[0]}/remove").status_code == 403


def test_a14_a_record_is_begun_only_of_a_call_one_had(desk: Desk, theirs: Strangers) -> None:
    assert desk.send("PUT", f"/calls/{theirs.abandoned}/form", {"content": "x"}).status_code == 403
    assert desk.send("PUT", f"/calls/{theirs.abandoned}/form", {}).status_code == 403
    own = desk.web.call_id("own")
    assert desk.send("PUT", f"/calls/{own}/form", {}).json["id"] == desk.form.id


@pytest.mark.parametrize("where", ["/customers", "/calls", "/cases", "/forms", "/search"])
def test_a14_counts_do_not_tell_hidden_digits(desk: Desk, where: str) -> None:
    """A part of a number finds the same, whichever digits it has: the right ones and wrong ones."""
    name = "caller" if where == "/calls" else "q"
    pages = {part: desk.page(f"{where}?{name}={part}") for part in ("3811110", "3911110", "38111", "38112")}
    told = {page.replace(part, "…") for part, page in pages.items()}
    assert len({_plain(page) for page in told}) == 1


def test_a14_the_api_counts_no_hidden_digits_either(desk: Desk) -> None:
    for path, found in (
        ("/customers?q=", "customers"),
        ("/cases?q=", "cases"),
        ("/search?q=", "found"),
        ("/forms?owner=me&state=all&q=", "forms"),
    ):
        assert {part: desk.send("GET", path + part).json[found] for part in ("3811110", "37001", "1370013")} == {
            "3811110": [],
            "37001": [],
            "1370013": [],
        }, path


def test_a14_the_whole_number_and_the_last_four_are_found(desk: Desk, theirs: Strangers) -> None:
    for asked in ("138 1111 0001", "0001"):
        [found] = desk.send("GET", f"/customers?q={asked}").json["customers"]
        assert (found["id"], found["numbers"][0]["number_shown"]) == (theirs.customer, "138****0001")
        assert [case["id"] for case in desk.send("GET", f"/cases?q={asked}").json["cases"]] == [theirs.case]
        page = desk.page(f"/calls?caller={asked}")
        assert f"/calls/{theirs.answered}" in page and f"/calls/{theirs.talking}" not in page
    for asked in ("13700137000", "7000"):
        assert [form["id"] for form in desk.send("GET", f"/forms?q={asked}").json["forms"]] == [desk.form.id]
        [own] = desk.send("GET", f"/search?q={asked}").json["found"]
        assert own["form_id"] == desk.form.id and own["number_shown"] == "137****7000"
    assert desk.send("GET", "/search?q=0001").json["found"] == [], "a stranger's record is not one's own"


def _plain(page: str) -> str:
    """Without what is new each time."""
    return re.sub(r'(csrf_token"?[^>]*value="|"csrf_token": "|name="csrf-token" content=")[^"]+', "", page)


def test_a14_nothing_is_opened_from_another_operators_record(desk: Desk, theirs: Strangers) -> None:
    path = f"/forms/{theirs.form}"
    refused = [
        desk.send("POST", f"{path}/{act}", body).status_code
        for act, body in (
            ("callback", {"reason": "promised"}),
            ("case", {"kind": "complaint", "title": "x"}),
            ("block-request", {"reason": "x"}),
        )
    ]
    assert refused == [403, 403, 403]
    assert desk.send("PUT", path, {"version": 2, "content": "x"}).status_code == 403
    assert desk.send("POST", f"{path}/done", {"version": 2}).status_code == 403


def test_b6_a_promise_of_anothers_record_is_kept_only_while_its_caller_is_ones_own(
    web: Web, desk: Desk, theirs: Strangers
) -> None:
    with web.hotline.storage.writing() as tx:
        form = FormStore(tx).by_id(theirs.form)
        assert form is not None
        FormStore(tx).update(replace(form, promise="回电", promise_due_at=web.now, version=3), 2)
    path = f"/forms/{theirs.form}/promise-kept"
    assert desk.send("POST", path, {"note": "x"}).status_code == 403
    own = talking_call("again", web.now, STRANGER)
    web.keep(replace(own, answered_by=QIAN, talks=tuple(replace(talk, party=QIAN) for talk in own.talks), rings=()))
    assert desk.send("POST", path, {"note": "已回电"}).status_code == 200


def test_a14_where_to_call_back_is_whole_for_who_had_the_call(web: Web, desk: Desk, theirs: Strangers) -> None:
    path = f"/api/v1/forms/{theirs.form}"
    assert desk.client.get(path).json["callback_number"] == "138****0005"
    zhao = somebody(web, "zhao", Role.OPERATOR, extension="1001")
    shown = zhao.get(path).json["callback_number"]
    assert shown == NUMBERS["call back elsewhere"]
    token = csrf_of(zhao.get("/password"))
    kept = zhao.put(path, json={"version": 2, "callback_number": "138****0005"}, headers={"X-CSRFToken": token})
    assert kept.json["callback_number"] == shown, "sent back masked, it is the same number still"


def test_a9_a_callbacks_number_is_for_whoever_has_taken_it_by_a_click_that_is_logged(
    web: Web, desk: Desk, theirs: Strangers
) -> None:
    """F8, A14."""
    one = f"/callbacks/{theirs.callback}"
    assert desk.sees("/callbacks") == set() and "138****0003" in desk.page("/callbacks")
    assert desk.post_page(f"{one}/number").status_code == 403
    assert desk.post_page(f"{one}/close", note="x").status_code == 403
    assert desk.post_page(f"{one}/take").status_code == 302
    assert desk.sees("/callbacks") == set(), "still masked until it is asked for"
    assert shown_in(desk.post_page(f"{one}/number").text) == {"abandoned"}
    assert [entry for entry in web.audit() if entry[0] == "qian" and entry[1].startswith("callback.")] == [
        ("qian", "callback.take", f"callback:{theirs.callback}"),
        ("qian", "callback.number", f"callback:{theirs.callback}"),
    ]
    li = somebody(web, "li", Role.OPERATOR, extension="1001")
    token = csrf_of(li.get("/password"))
    for what in ("take", "number", "close"):
        assert li.post(f"{one}/{what}", data={"csrf_token": token, "note": "x"}).status_code == 403
    assert desk.post_page(f"{one}/close", note="已联系上").status_code == 302
    assert desk.post_page(f"{one}/number").status_code == 404


def test_a_supervisor_takes_a_callback_over(web: Web, desk: Desk, theirs: Strangers) -> None:
    desk.post_page(f"/callbacks/{theirs.callback}/take")
    boss = somebody(web, "boss", Role.SUPERVISOR)
    assert shown_in(boss.get("/callbacks").text) == {"abandoned"}
    token = csrf_of(boss.get("/password"))
    assert boss.post(f"/callbacks/{theirs.callback}/take", data={"csrf_token": token}).status_code == 302
    assert desk.post_page(f"/callbacks/{theirs.callback}/number").status_code == 403


def test_a_callback_of_another_number_on_ones_own_record_opens_no_other(web: Web, desk: Desk) -> None:
    """What one has taken shows its own number, and nothing of whoever else has that record's customer."""
    assert (
        desk.send(
            "POST", f"/forms/{desk.form.id}/callback", {"reason": "promised", "number": "13822220000"}
        ).status_code
        == 201
    )
    with web.hotline.storage.reading() as tx:
        [by_hand] = [each for each in CallbackStore(tx).list() if each.reason is CallbackReason.PROMISED]
    desk.post_page(f"/callbacks/{by_hand.id}/take")
    assert "13822220000" in desk.post_page(f"/callbacks/{by_hand.id}/number").text


def test_a14_a_cases_number_is_for_who_is_responsible_by_a_click_that_is_logged(
    web: Web, desk: Desk, theirs: Strangers
) -> None:
    """F8."""
    assert desk.send("POST", f"/cases/{theirs.case}/number").status_code == 403
    assert desk.post_page(f"/cases/{theirs.case}/number").status_code == 403
    assert desk.send("POST", f"/cases/{theirs.case}/close", {"result": "x"}).status_code == 403
    zhao = somebody(web, "zhao", Role.OPERATOR, extension="1001")
    token = csrf_of(zhao.get("/password"))
    assert shown_in(zhao.get(f"/cases/{theirs.case}").text) == set()
    revealed = zhao.post(f"/cases/{theirs.case}/number", data={"csrf_token": token})
    assert shown_in(revealed.text) == {"answered"}
    assert [entry[:2] for entry in web.audit() if entry[1] == "case.number"] == [("zhao", "case.number")]
    by_api = zhao.post(f"/api/v1/cases/{theirs.case}/number", headers={"X-CSRFToken": token})
    assert by_api.json["number_shown"] == "13811110001"


def test_a14_a_message_takes_its_number_from_no_call_but_ones_own(web: Web, desk: Desk, theirs: Strangers) -> None:
    refused = desk.send("POST", "/directory/1/messages", {"text": "x", "call_id": theirs.abandoned})
    assert refused.status_code == 403 and shown_in(refused.text) == set()
    assert desk.sees("/messages") == set()
    left = desk.send("POST", "/directory/1/messages", {"text": "x", "call_id": web.call_id("own")})
    assert (left.status_code, left.json["number_shown"]) == (201, "13700137000"), "who left it passes it on"


def test_a14_a_missed_ring_gives_no_right_to_the_number(web: Web, desk: Desk, theirs: Strangers) -> None:
    """It does while it rings; a record begun then is none of a call one had."""
    rings = talking_call("rings", web.now, STRANGER)
    ring = replace(rings.rings[0], party=QIAN, ended_at=None, result="")
    ringing = replace(rings, talks=(), answered_by=None, talk_started_at=None, rings=(ring,))
    web.keep(ringing)
    assert desk.sees(f"/customers/{theirs.customer}") == {"answered"}
    assert desk.send("PUT", f"/calls/{web.call_id('rings')}/form", {"content": "x"}).status_code == 200
    web.keep(replace(ringing, ended_at=web.now, rings=(replace(ring, ended_at=web.now, result="no_answer"),)))
    assert desk.sees(f"/customers/{theirs.customer}") == set()


def test_the_name_of_a_recordings_file_tells_an_operator_no_number(web: Web, theirs: Strangers) -> None:
    """A14: what one hears of one's own examined call neither."""
    zhao = somebody(web, "zhao", Role.OPERATOR, extension="1001")
    with web.hotline.storage.writing() as tx:
        examined = ExaminationStore(tx).by_id(theirs.examination)
        assert examined is not None
        ExaminationStore(tx).update(replace(examined, state=ExaminationState.DONE, version=2), 1)
    answer = zhao.get(f"/recordings/{theirs.recording}/audio")
    assert answer.status_code == 200
    assert shown_in(answer.headers["Content-Disposition"]) == set()


def test_a_callback_keeps_who_has_taken_it_when_its_call_is_folded_again(
    web: Web, desk: Desk, theirs: Strangers
) -> None:
    desk.post_page(f"/callbacks/{theirs.callback}/take")
    with web.hotline.storage.writing() as tx:
        CallbackStore(tx).open(
            Callback("node1", "s-3", "main", Number(NUMBERS["abandoned"]), CallbackReason.ABANDONED, web.now, web.now)
        )
        [again] = [each for each in CallbackStore(tx).list() if each.id == theirs.callback]
    assert again.taken_by == "qian"
