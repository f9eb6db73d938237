"""Two steps at signing in, as a browser goes through them, and as an attacker would (F8)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.services.accounts import accounts
from tests.support.web import PASSWORD, Web, a_web, post, sign_in

STEP = timedelta(seconds=30)


def set_up(web: Web, client: FlaskClient) -> tuple[str, list[str]]:
    """Through the pages: the phone's secret and the recovery codes."""
    assert post(client, "/my-second-factor/begin", form_page="/my-second-factor").status_code == 302
    page = client.get("/my-second-factor/set-up").text
    assert "<svg" in page
    secret = re.findall(r'<code class="secret">([A-Z2-7 ]+)</code>', page)[0].replace(" ", "")
    code = pyotp.TOTP(secret).at(web.now)
    shown = post(client, "/my-second-factor/set-up", form_page="/my-second-factor/set-up", code=code)
    assert shown.status_code == 200 and secret not in shown.text
    return secret, re.findall(r'<code class="secret">([a-z0-9-]+)</code>', shown.text)


@pytest.fixture
def phone(web: Web) -> tuple[str, list[str]]:
    return set_up(web, web.signed_in(Role.OPERATOR, username="zhao"))


def is_in(client: FlaskClient) -> bool:
    return client.get("/calls").status_code == 200


def show(client: FlaskClient, code: str, path: str = "/sign-in/code") -> int:
    return post(client, path, form_page="/sign-in/code", code=code).status_code


def test_f8_the_password_alone_lets_nobody_in(web: Web, phone: tuple[str, list[str]]) -> None:
    secret, codes = phone
    web.clock.advance(seconds=120)
    client = web.client()
    answer = sign_in(client, "zhao", PASSWORD)
    assert (answer.status_code, answer.location) == (302, "/sign-in/code")
    assert not is_in(client)
    assert client.get("/api/v1/calls").status_code == 401
    assert show(client, "000000") == 401 and not is_in(client)
    code = pyotp.TOTP(secret).at(web.now)
    assert show(client, code) == 302 and is_in(client)
    other = web.client()
    sign_in(other, "zhao", PASSWORD)
    assert show(other, code) == 401 and not is_in(other)  # seen over the shoulder
    assert show(other, codes[0]) == 302 and is_in(other)
    assert ("zhao", "second_factor.refused", "user:zhao") in web.audit()


def test_f8_signed_in_stands_in_the_log_once_both_steps_are_done(web: Web, phone: tuple[str, list[str]]) -> None:
    before = web.audit().count(("zhao", "sign_in", "user:zhao"))
    client = web.client()
    sign_in(client, "zhao", PASSWORD)
    assert web.audit().count(("zhao", "sign_in", "user:zhao")) == before
    show(client, phone[1][0])
    assert web.audit().count(("zhao", "sign_in", "user:zhao")) == before + 1


def test_f8_the_first_step_is_worth_five_minutes(web: Web, phone: tuple[str, list[str]]) -> None:
    client = web.client()
    sign_in(client, "zhao", PASSWORD)
    page = client.get("/sign-in/code")
    web.clock.advance(minutes=5, seconds=1)
    assert page.status_code == 200
    assert client.get("/sign-in/code").location == "/sign-in"
    answer = post(client, "/sign-in/code", form_page="/sign-in", code=phone[1][0])
    assert answer.location == "/sign-in" and not is_in(client)


def test_f8_a_kept_cookie_of_the_first_step_ends_with_the_password(web: Web, phone: tuple[str, list[str]]) -> None:
    client = web.client()
    sign_in(client, "zhao", PASSWORD)
    accounts.reset_password(web.hotline.storage, "zhao", web.now, "boss")
    assert client.get("/sign-in/code").location == "/sign-in"


def test_f8_the_code_needs_the_form_of_this_browser(web: Web, phone: tuple[str, list[str]]) -> None:
    client = web.client()
    sign_in(client, "zhao", PASSWORD)
    assert client.post("/sign-in/code", data={"code": phone[1][0]}).status_code == 400
    assert not is_in(client)
    assert web.client().get("/sign-in/code").location == "/sign-in"  # nobody has shown a password here


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_f8_nobody_is_led_elsewhere_after_the_code(web: Web, phone: tuple[str, list[str]], target: str) -> None:
    client = web.client()
    sign_in(client, "zhao", PASSWORD)
    answer = client.post(
        "/sign-in/code",
        query_string={"next": target},
        data={"code": phone[1][0], "csrf_token": re.findall(r'csrf_token" value="([^"]+)', _form(client))[0]},
    )
    assert answer.status_code == 302 and "evil" not in answer.location and answer.location.startswith("/")


def _form(client: FlaskClient) -> str:
    return client.get("/sign-in/code").text


def test_f8_too_many_codes_are_told_to_wait(web: Web, phone: tuple[str, list[str]]) -> None:
    client = web.client()
    sign_in(client, "zhao", PASSWORD)
    assert [show(client, f"00000{n}") for n in range(6)] == [401] * 5 + [429]
    assert show(client, phone[1][0]) == 429  # a right one waits too
    web.clock.advance(seconds=60)
    assert show(client, phone[1][0]) == 302


def test_f8_where_it_is_demanded_nothing_else_opens_before_it_is_set_up(tmp_path: Path) -> None:
    web = a_web(tmp_path, '[sign_in]\nsecond_factor_roles = ["supervisor"]\n')
    client = web.signed_in(Role.SUPERVISOR, username="sun")
    assert client.get("/calls").location == "/my-second-factor"
    assert client.get("/api/v1/calls").status_code == 403
    page = client.get("/my-second-factor")
    assert page.status_code == 200 and "/callbacks" not in page.text  # no menu leads round it
    set_up(web, client)
    assert is_in(client)
    assert is_in(web.signed_in(Role.OPERATOR, username="li"))


def test_f8_another_administrator_takes_it_away_and_nobody_their_own(web: Web, phone: tuple[str, list[str]]) -> None:
    boss, second = web.signed_in(Role.ADMINISTRATOR, username="boss"), web.signed_in(Role.ADMINISTRATOR, username="two")
    set_up(web, boss)
    reset = {"form_page": "/admin/people/two", "reason": "手机丢失"}
    post(boss, "/admin/people/boss/second-factor/reset", **reset)
    assert (
        "另一位管理员" in boss.get("/admin/people/boss").text
        or "another administrator" in boss.get("/my-sessions").text
    )
    client = web.client()
    assert sign_in(client, "boss", PASSWORD).location == "/sign-in/code"
    assert post(second, "/admin/people/boss/second-factor/reset", **reset).status_code == 302
    assert not is_in(boss)
    assert sign_in(client, "boss", PASSWORD).location != "/sign-in/code"
    assert ("two", "second_factor.reset", "user:boss") in web.audit()
    answer = second.post(
        "/api/v1/accounts/zhao/second-factor/reset",
        json={"reason": "手机丢失"},
        headers={"X-CSRFToken": second.get("/session").json["csrf_token"]},
    )
    assert answer.status_code == 204


def test_f8_a_wrong_first_code_keeps_the_secret_and_says_so(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR, username="zhao")
    assert client.get("/my-second-factor/set-up").location == "/my-second-factor"
    post(client, "/my-second-factor/begin", form_page="/my-second-factor")
    first = client.get("/my-second-factor/set-up").text
    wrong = post(client, "/my-second-factor/set-up", form_page="/my-second-factor/set-up", code="000000")
    assert wrong.status_code == 422
    secret = re.findall(r'<code class="secret">([A-Z2-7 ]+)</code>', first)[0]
    assert secret in wrong.text
