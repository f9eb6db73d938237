"""The notice board by pages and API."""

from __future__ import annotations

import io

import pytest

from hotline.domain.people import Role
from tests.support.our_people import somebody
from tests.support.web import Web, csrf_of, post


@pytest.fixture
def posted(web: Web) -> str:
    """The address of a posting for everybody, which must be read before anybody is ready."""
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    answer = post(
        boss,
        "/bulletins/new",
        title="新产品 S2",
        text="上市前请阅读",
        for_all="y",
        before_ready="y",
        read_by="2026-11-20 18:00",
    )
    assert answer.status_code == 302
    return answer.location


def test_posted_read_and_counted(web: Web, posted: str) -> None:
    operator = web.signed_in(Role.OPERATOR, username="zhao")
    board = operator.get("/bulletins").text
    assert "新产品 S2" in board and "待阅读" in board and "2026-11-20 18:00" in board
    assert "新产品 S2" in operator.get(posted).text
    assert post(operator, f"{posted}/read", "/bulletins").status_code == 302
    assert "待阅读" not in operator.get("/bulletins").text
    boss = web.client()
    shown = web.signed_in(Role.SUPERVISOR, username="other").get(posted).text
    assert "Zhao" in shown and "阅读情况" in shown
    assert boss.get(posted).status_code == 302
    assert ("zhao", "bulletin.read", f"bulletin:{posted.rsplit('/', 1)[1]}") in web.audit()


def test_the_console_says_what_is_to_be_read_before(web: Web, posted: str) -> None:
    somebody(web.hotline.storage, "unused", "无关", web.now)
    operator = web.signed_in(Role.OPERATOR, username="zhao")
    _give(web, "zhao", "1001")
    assert "就绪前须阅读" in operator.get("/console").text
    post(operator, f"{posted}/read", "/bulletins")
    assert "就绪前须阅读" not in operator.get("/console").text


def test_after_signing_in_whoever_has_to_read_is_led_there(web: Web, posted: str) -> None:
    """And where they wanted to go otherwise."""
    from tests.support.web import PASSWORD, sign_in

    web.signed_in(Role.OPERATOR, username="zhao")
    assert sign_in(web.client(), "zhao", PASSWORD).location == "/bulletins"
    assert sign_in(web.client(), "zhao", PASSWORD, "/calls").location == "/calls"


def test_a_wrong_posting_is_said_at_its_field(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    answer = post(boss, "/bulletins/new", title="t", text="x", read_by="yesterday-ish", for_all="y")
    assert answer.status_code == 422 and 'value="t"' in answer.text
    answer = post(boss, "/bulletins/new", title="t", text="x")
    assert answer.status_code == 422 and "请选择公告对象" in answer.text


def test_files_hang_there_and_only_who_manages_adds(web: Web, posted: str) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="other")
    token = csrf_of(boss.get(posted))
    data = {"csrf_token": token, "files": (io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "说明.pdf")}
    assert boss.post(f"{posted}/attachments", data=data).status_code == 302
    operator = web.signed_in(Role.OPERATOR, username="zhao")
    assert "说明.pdf" in operator.get(posted).text
    assert post(operator, f"{posted}/attachments", "/bulletins").status_code == 403
    assert post(boss, f"{posted}/withdraw", posted).status_code == 302
    assert operator.get(posted).status_code == 403


def test_by_api(web: Web, posted: str) -> None:
    headers = web.program(Role.SUPERVISOR)
    found = web.client().get("/api/v1/bulletins", headers=headers).get_json()["bulletins"]
    assert [each["title"] for each in found] == ["新产品 S2"] and found[0]["readers"] >= 1
    assert web.client().post(f"/api/v1{posted}/read", headers=headers).status_code == 404, "a program reads nothing"


def _give(web: Web, username: str, extension: str) -> None:
    from dataclasses import replace

    from hotline.storage.accounts.users import UserStore

    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        assert user is not None
        UserStore(tx).update(replace(user, extension=extension))
