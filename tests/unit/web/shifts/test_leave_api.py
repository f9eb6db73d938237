"""Leave by API (F6): entered, asked for, decided, withdrawn."""

from __future__ import annotations

from hotline.domain.people import Role
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.store import StaffStore
from tests.support.web import Web, csrf_of

_WEEK = {"since": "2026-11-23T00:00:00+08:00", "until": "2026-11-28T00:00:00+08:00", "reason": "探亲"}


def person_id(web: Web, username: str) -> int:
    with web.hotline.storage.reading() as tx:
        user = UserStore(tx).by_username(username)
        person = StaffStore(tx).person_of_user(user.id or 0) if user is not None else None
    assert person is not None
    return person.id or 0


def test_leave_of_somebody_is_entered_and_withdrawn(web: Web) -> None:
    web.add_user("zhao", Role.OPERATOR)
    client, program = web.client(), web.program(Role.SUPERVISOR)
    body = {**_WEEK, "person_id": person_id(web, "zhao")}
    made = client.post("/api/v1/leaves/entered", json=body, headers=program)
    assert (made.status_code, made.json["state"]) == (201, "accepted")
    assert client.post("/api/v1/leaves/entered", json=body, headers=program).status_code == 422, "twice"
    assert client.post("/api/v1/leaves/entered", json={**body, "person_id": 999}, headers=program).status_code == 422
    listed = client.get("/api/v1/leaves?state=accepted", headers=program).json["leaves"]
    assert [each["id"] for each in listed] == [made.json["id"]]


def test_one_asks_for_oneself_and_who_plans_decides(web: Web) -> None:
    zhao, boss = web.signed_in(Role.OPERATOR, username="zhao"), web.program(Role.SUPERVISOR)
    token = {"X-CSRFToken": csrf_of(zhao.get("/shifts/mine"))}
    late = zhao.post("/api/v1/leaves", json={**_WEEK, "since": "2026-11-16T13:00:00+08:00"}, headers=token)
    assert late.status_code == 422
    asked = zhao.post("/api/v1/leaves", json=_WEEK, headers=token)
    assert (asked.status_code, asked.json["state"]) == (201, "asked")
    one = f"/api/v1/leaves/{asked.json['id']}"
    client = web.client()
    assert client.post(f"{one}/decide", json={"accepted": False}, headers=boss).status_code == 422, "no reason"
    refused = client.post(f"{one}/decide", json={"accepted": False, "words": "人手不足"}, headers=boss)
    assert (refused.json["state"], refused.json["answer"]) == ("refused", "人手不足")
    assert client.post(f"{one}/decide", json={"accepted": True}, headers=boss).status_code == 409
    assert zhao.post(f"{one}/withdraw", headers=token).status_code == 409, "it is over"


def test_who_may_not_plan_decides_nothing(web: Web) -> None:
    client, program = web.client(), web.program(Role.EXAMINER)
    assert client.get("/api/v1/leaves", headers=program).status_code == 403
    assert client.post("/api/v1/leaves/1/decide", json={"accepted": True}, headers=program).status_code == 403
    assert client.post("/api/v1/leaves/entered", json={**_WEEK, "person_id": 1}, headers=program).status_code == 403
