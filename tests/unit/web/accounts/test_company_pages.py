"""Signing in by the company's provider, as a browser goes there and back, and as an attacker would (E4, F8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.services.accounts import users
from tests.support.oidc import Provider, provider
from tests.support.rig import free_port
from tests.support.web import PASSWORD, Web, a_web, post, sign_in


@pytest.fixture(scope="module")
def company() -> Iterator[Provider]:
    with provider() as there:
        there.person("u-1", preferred_username="zhao", name="赵敏", groups=["ops"])
        there.person("u-2", preferred_username="sun", name="孙静", groups=["cleaners"])
        there.person("u-3", preferred_username="sun", email="sun@example.com", email_verified=True, groups=["ops"])
        yield there


def site(issuer: str, more: str = "") -> str:
    return f"""
[sign_in]
local_roles = ["administrator"]
[sign_in.groups]
operator = ["ops"]
[sign_in.oidc]
issuer = "{issuer}"
name = "企业微信"
client_id = "hotline"
secret = "s3cret-of-the-client"
{more}
"""


@pytest.fixture
def web(tmp_path: Path, company: Provider) -> Web:
    made = a_web(tmp_path, site(company.issuer))
    made.clock.now = datetime.now(UTC)  # the provider has no other
    return made


def comes_back(client: FlaskClient, company: Provider, subject: str, wanted: str = "") -> str:
    """The address that the provider sends the browser back to."""
    away = client.get("/sign-in/company", query_string={"next": wanted} if wanted else {})
    assert away.status_code == 302 and away.location.startswith(company.issuer)
    told = company.signs_in(away.location, subject)
    return f"/sign-in/company/back?code={told['code']}&state={told['state']}"


def is_in(client: FlaskClient) -> bool:
    return client.get("/calls").status_code == 200


def test_e4_somebody_comes_in_by_the_company_with_the_roles_of_their_groups(web: Web, company: Provider) -> None:
    client = web.client()
    assert "企业微信" in client.get("/sign-in").text
    answer = client.get(comes_back(client, company, "u-1", wanted="/callbacks"))
    assert (answer.status_code, answer.location) == (302, "/callbacks") and is_in(client)
    assert users.user_of(web.hotline.storage, "zhao").roles == (Role.OPERATOR,)
    assert ("zhao", "sign_in", "user:zhao") in web.audit()


def test_e4_who_has_no_role_is_told_so_and_gets_no_account(web: Web, company: Provider) -> None:
    client = web.client()
    answer = client.get(comes_back(client, company, "u-2"))
    assert answer.status_code == 403 and not is_in(client)
    assert "角色" in answer.text or "role" in answer.text
    assert users.list_users(web.hotline.storage) == []


def test_f8_an_answer_counts_once_in_the_browser_that_asked(web: Web, company: Provider) -> None:
    client, other = web.client(), web.client()
    back = comes_back(client, company, "u-1")
    assert other.get(back).status_code == 403 and not is_in(other)  # login CSRF: a link to somebody else's sign-in
    other.get("/sign-in/company")
    assert other.get(back).status_code == 403 and not is_in(other)
    kept = client.get_cookie("hotline")
    assert kept is not None
    assert client.get(back).status_code == 302 and is_in(client)
    copied = web.client()
    copied.set_cookie("hotline", kept.value)
    assert copied.get(back).status_code == 403 and not is_in(copied)  # cookie and address kept by somebody


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_f8_nobody_is_led_elsewhere_on_the_way_back(web: Web, company: Provider, target: str) -> None:
    client = web.client()
    answer = client.get(comes_back(client, company, "u-1", wanted=target))
    assert answer.status_code == 302 and "evil" not in answer.location and urlsplit(answer.location).netloc == ""


def test_f8_a_second_factor_is_asked_for_by_this_way_too(web: Web, company: Provider) -> None:
    from tests.unit.web.accounts.test_second_factor_pages import set_up, show

    client = web.client()
    client.get(comes_back(client, company, "u-1"))
    _secret, codes = set_up(web, client)
    again = web.client()
    answer = again.get(comes_back(again, company, "u-1"))
    assert answer.location == "/sign-in/code" and not is_in(again)
    assert show(again, codes[0]) == 302 and is_in(again)


def test_e4_passwords_are_for_the_roles_that_the_settings_name(web: Web) -> None:
    web.signed_in(Role.ADMINISTRATOR, username="boss")
    client = web.client()
    first = web.add_user("wang", Role.OPERATOR)
    answer = sign_in(client, "wang", first)
    assert answer.status_code == 403 and not is_in(client)
    assert sign_in(client, "wang", "wrong").status_code == 401  # nobody learns of it without the password
    assert sign_in(client, "boss", PASSWORD).status_code == 302


def test_e4_a_provider_that_is_away_is_told_of_and_administrators_come_in(tmp_path: Path) -> None:
    web = a_web(tmp_path, site(f"http://localhost:{free_port()}"))
    client = web.client()
    assert client.get("/sign-in/company").status_code == 503
    assert client.get("/sign-in/company/out").status_code == 503
    assert is_in(web.signed_in(Role.ADMINISTRATOR, username="boss"))


def test_e4_an_administrator_binds_and_unbinds(web: Web, company: Provider) -> None:
    boss = web.signed_in(Role.ADMINISTRATOR, username="boss")
    first = web.add_user("sun", Role.OPERATOR)
    client = web.client()
    assert client.get(comes_back(client, company, "u-3")).status_code == 403  # her name alone is no proof
    bound = {"provider": f"oidc {company.issuer}", "known_by": "sun@example.com"}
    page = "/admin/people/sun"
    assert post(boss, f"{page}/company", form_page=page, **bound).status_code == 302
    assert "sun@example.com" in boss.get(page).text
    assert post(boss, f"{page}/company", form_page=page, provider="oidc https://evil.example").status_code == 404
    client.get(comes_back(client, company, "u-3"))
    assert is_in(client)  # the first password, which the administrator has seen, is worth nothing any more
    assert sign_in(web.client(), "sun", first).status_code == 401
    assert post(boss, f"{page}/company", form_page=page, unbind="1").status_code == 302
    assert ("boss", "outside.bind", "user:sun") in web.audit() and ("boss", "outside.unbind", "user:sun") in web.audit()


def test_e4_without_a_provider_these_pages_are_not_there(tmp_path: Path) -> None:
    client = a_web(tmp_path).client()
    for path in ("/sign-in/company", "/sign-in/company/back?code=a&state=b", "/sign-in/company/out"):
        assert client.get(path).status_code == 404
    assert "/sign-in/company" not in client.get("/sign-in").text


def test_e4_one_signs_out_there_too(web: Web, company: Provider) -> None:
    answer = web.client().get("/sign-in/company/out")
    assert answer.location.startswith(f"{company.issuer}/oauth2/end_session?")


def test_f8_the_secret_is_shown_nowhere(web: Web) -> None:
    boss = web.signed_in(Role.ADMINISTRATOR, username="boss")
    assert "s3cret-of-the-client" not in boss.get("/admin/settings/sign_in").text
