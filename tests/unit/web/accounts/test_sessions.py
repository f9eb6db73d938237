"""Signing in, staying in, being out."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.services.accounts import accounts, users
from hotline.storage.accounts.sessions import SessionStore
from hotline.storage.outbox import Outbox
from tests.support.web import PASSWORD, Web, a_web, csrf_of, post, sign_in


def is_in(client: object) -> bool:
    return client.get("/calls").status_code == 200  # type: ignore[attr-defined]


def test_a_first_password_leads_to_its_change_and_nowhere_else(web: Web) -> None:
    first = web.add_user("li", Role.OPERATOR)
    client = web.client()
    sign_in(client, "li", first)
    for path in ("/", "/calls", "/line", "/roster"):
        assert client.get(path).location == "/password"
    changed = post(client, "/password", current=first, new=PASSWORD, again=PASSWORD)
    assert changed.location == "/"
    assert is_in(client)
    assert ("li", "user.change_password", "user:li") in web.audit()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"new": "short", "again": "short"}, "至少 10 个字符"),
        ({"new": "x" * 300, "again": "x" * 300}, "最多 256 个字符"),
        ({"new": "aaaaaaaaaaaaa", "again": "aaaaaaaaaaaaa"}, "四种不同"),
        ({"new": "hello-LI-hello", "again": "hello-LI-hello"}, "用户名"),
        ({"new": "password123", "again": "password123"}, "过于常见"),
        ({"new": "示例公司-dragonfly-88", "again": "示例公司-dragonfly-88"}, "公司"),
        ({"new": PASSWORD, "again": PASSWORD + "x"}, "不一致"),
        ({"current": "wrong", "new": PASSWORD, "again": PASSWORD}, "当前密码不正确"),
        ({"new": "", "again": ""}, "请输入新密码"),
    ],
)
def test_an_unfit_new_password_is_refused_with_words(web: Web, fields: dict[str, str], words: str) -> None:
    first = web.add_user("li", Role.OPERATOR)
    client = web.client()
    sign_in(client, "li", first)
    answer = post(client, "/password", **{"current": first, **fields})
    assert words in answer.text
    assert not is_in(client)


def test_the_first_password_cannot_be_kept(web: Web) -> None:
    first = web.add_user("li", Role.OPERATOR)
    client = web.client()
    sign_in(client, "li", first)
    assert "不能与当前密码相同" in post(client, "/password", current=first, new=first, again=first).text


def test_a_wrong_password_and_an_unknown_name_look_the_same(web: Web) -> None:
    web.add_user("li", Role.OPERATOR)
    known, unknown = (sign_in(web.client(), name, "wrong") for name in ("li", "nobody"))
    assert known.status_code == unknown.status_code == 401
    assert "用户名或密码错误" in known.text and "用户名或密码错误" in unknown.text
    assert [entry for entry in web.audit() if entry[1] == "sign_in.refused"] == [
        ("li", "sign_in.refused", "user:li"),
        ("nobody", "sign_in.refused", "user:nobody"),
    ]


def test_a_hostile_user_name_is_only_refused(web: Web) -> None:
    for name in ("\x00", "\x00' OR 1=1 --", "张" * 64, "\u202e"):
        assert sign_in(web.client(), name, "x").status_code == 401
    assert sign_in(web.client(), "x" * 65, "x").status_code == 200  # the form says so


def test_who_is_deactivated_is_out_at_the_next_request(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR, username="li")
    assert is_in(client)
    users.set_active(web.hotline.storage, "li", False, web.now, "test")
    assert not is_in(client)
    assert sign_in(client, "li", PASSWORD).status_code == 401


def test_a_session_is_over_after_its_hours_however_busy(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR)
    for _ in range(web.hotline.settings.web.session_hours):
        assert is_in(client)
        web.clock.advance(hours=1)
    web.clock.advance(seconds=1)
    assert not is_in(client)


def test_a_new_password_ends_all_other_sessions_but_not_this_one(web: Web) -> None:
    here = web.signed_in(Role.OPERATOR, username="li")
    there = web.client()
    sign_in(there, "li", PASSWORD)
    new = "another long password"
    post(here, "/password", current=PASSWORD, new=new, again=new)
    assert is_in(here)
    assert not is_in(there)


def test_a_reset_password_ends_all_sessions(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR, username="li")
    accounts.reset_password(web.hotline.storage, "li", web.now, "test")
    assert not is_in(client)


def test_signing_out_ends_the_session_and_stands_in_the_audit_log(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR, username="li")
    assert post(client, "/sign-out", form_page="/calls").location == "/sign-in"
    assert not is_in(client)
    assert ("li", "sign_out", "user:li") in web.audit()


def test_signing_out_by_a_link_is_impossible(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR)
    assert client.get("/sign-out").status_code == 405
    assert is_in(client)


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/callbacks", "/callbacks"),
        ("/calls?outcome=voicemail%26page=2", "/calls?outcome=voicemail&page=2"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("//[", "/"),
        ("/\\elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/%0d%0aSet-Cookie: x=y", "/"),
        ("elsewhere", "/"),
    ],
)
def test_signing_in_leads_to_pages_of_ours_only(web: Web, asked: str, led: str) -> None:
    web.signed_in(Role.SUPERVISOR, username="li")
    assert sign_in(web.client(), "li", PASSWORD, asked).location == led


def test_the_cookie_is_kept_from_scripts_and_other_sites(web: Web) -> None:
    answer = web.client().get("/sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie


def test_behind_https_every_cookie_is_for_https_only(tmp_path: Path) -> None:
    web = a_web(tmp_path, "[web]\nsecure_cookie = true\n")
    answer = web.client().get("/sign-in", base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"] and answer.headers["Set-Cookie"].startswith("__Host-hotline=")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_behind_https_somebody_signs_in_and_every_cookie_of_that_is_bound_to_this_host(tmp_path: Path) -> None:
    web = a_web(tmp_path, "[web]\nsecure_cookie = true\nhsts_subdomains = true\n")
    first = web.add_user("li", Role.OPERATOR)
    client, https = web.client(), "https://localhost"
    token = csrf_of(client.get("/sign-in", base_url=https))
    answer = client.post(
        "/sign-in",
        base_url=https,
        headers={"Referer": f"{https}/sign-in"},
        data={"csrf_token": token, "username": "li", "password": first},
    )
    assert answer.status_code == 302
    cookies = answer.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-hotline", "__Host-hotline_device"}
    for cookie in cookies:
        assert "Secure" in cookie and "HttpOnly" in cookie and "Path=/" in cookie and "Domain" not in cookie
    assert client.get("/calls", base_url=https).location == "/password"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_forged_session_is_nobody(web: Web) -> None:
    client = web.client()
    client.set_cookie("hotline", "eyJfdXNlcl9pZCI6IjE6YWJjIn0.aaaaaa.bbbbbb")
    assert not is_in(client)


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("hotline")
    assert cookie is not None
    return cookie.value


def with_cookie(web: Web, value: str) -> FlaskClient:
    """Somebody who has copied the cookie."""
    client = web.client()
    client.set_cookie("hotline", value)
    return client


def test_a_copied_cookie_is_worth_nothing_after_signing_out(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR, username="li")
    copied = cookie_of(client)
    assert is_in(with_cookie(web, copied))
    post(client, "/sign-out", form_page="/calls")
    assert not is_in(with_cookie(web, copied))


def test_signing_in_gives_a_session_that_nobody_could_have_prepared(web: Web) -> None:
    """Session fixation: what the browser held before is worth nothing afterwards, its CSRF token neither."""
    web.signed_in(Role.OPERATOR, username="li")
    client = web.client()
    page = client.get("/sign-in")
    planted, token = cookie_of(client), csrf_of(page)
    sign_in(client, "li", PASSWORD)
    assert cookie_of(client) != planted
    assert not is_in(with_cookie(web, planted))
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 400
    assert is_in(client)


def test_a_new_password_gives_a_new_cookie_and_the_old_one_is_worth_nothing(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR, username="li")
    old = cookie_of(client)
    new = "another long password"
    post(client, "/password", current=PASSWORD, new=new, again=new)
    assert is_in(client)
    assert not is_in(with_cookie(web, old))


def test_signing_in_again_ends_the_session_before(web: Web) -> None:
    """Who comes by the sign-in page while signed in is led on; no session is left behind."""
    client = web.signed_in(Role.OPERATOR, username="li")
    assert client.get("/sign-in").status_code == 302
    with web.hotline.storage.reading() as tx:
        assert len(SessionStore(tx).open()) == 1


def test_why_a_session_ended_is_there_to_be_pushed(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR, username="li")
    with web.hotline.storage.reading() as tx:
        (session,) = SessionStore(tx).open()
        last = Outbox(tx).last_id()
    post(client, "/sign-out", form_page="/calls")
    with web.hotline.storage.reading() as tx:
        (told,) = Outbox(tx).after(last, 10)
    assert (told.topic, told.payload) == (
        "session",
        {"session_id": session.id, "user_id": session.user_id, "why": "signed_out"},
    )


def test_the_cookie_of_somebody_signed_in_has_the_same_flags(web: Web) -> None:
    web.signed_in(Role.OPERATOR, username="li")
    client = web.client()
    answer = sign_in(client, "li", PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Expires=" in cookie


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/calls", {"X-By-Itself": "1"}),
        ("/calls", {"HX-Request": "true"}),
        ("/api/v1/floor", {}),
        ("/api/v1/floor", {"X-By-Itself": "1"}),
    ],
)
def test_what_a_page_asks_for_by_itself_leaves_the_cookie_alone(web: Web, path: str, headers: dict[str, str]) -> None:
    """Its answer may come after one that somebody waited for, and would take away what that one says on the next
    page."""
    client = web.signed_in(Role.SUPERVISOR, username="li")
    client.get("/calls")
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert "Expires=" in client.get("/calls").headers["Set-Cookie"]


def test_the_session_of_a_user_of_the_old_cookies_is_over(web: Web) -> None:
    """Cookies of the first version named the user; they are no token."""
    web.signed_in(Role.OPERATOR, username="li")
    client = web.client()
    with client.session_transaction() as session:
        session["_user_id"] = "1:0123456789abcdef"
    assert not is_in(client)
