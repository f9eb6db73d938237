"""Signing in on our page with name and password of the company's directory, against slapd (E4, F8)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.services.accounts import accounts, users
from hotline.services.sign_in import ldap, outside
from tests.support.rig import free_port
from tests.support.slapd import BASE, PASSWORD, READER, Slapd, slapd
from tests.support.web import PASSWORD as OURS
from tests.support.web import Web, a_web, sign_in

RIGHT = "correct horse battery"


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    with slapd(tmp_path_factory.mktemp("slapd")) as running:
        yield running


def site(there: Slapd, port: int = 0) -> str:
    return f"""
[sign_in]
local_roles = ["administrator"]
[sign_in.groups]
operator = ["hotline-operators"]
[sign_in.ldap]
host = "127.0.0.1"
port = {port or there.tls_port}
ca_file = "{there.ca}"
bind_dn = "{READER}"
password = "{PASSWORD}"
base = "{BASE}"
timeout_seconds = 3
"""


@pytest.fixture
def web(tmp_path: Path, there: Slapd) -> Web:
    return a_web(tmp_path, site(there))


def is_in(client: FlaskClient) -> bool:
    return client.get("/calls").status_code == 200


def test_e4_a_person_of_the_directory_comes_in_with_the_roles_of_their_groups(web: Web) -> None:
    client = web.client()
    assert sign_in(client, "Zhao", RIGHT).status_code == 302 and is_in(client)
    zhao = users.user_of(web.hotline.storage, "zhao")
    assert (zhao.display_name, zhao.roles, zhao.must_change_password) == ("Zhao Min", (Role.OPERATOR,), False)
    assert ("zhao", "sign_in", "user:zhao") in web.audit()
    again = web.client()
    assert sign_in(again, "zhao", RIGHT).status_code == 302 and is_in(again)
    assert len(users.list_users(web.hotline.storage)) == 1


@pytest.mark.parametrize("password", ["wrong", " ", "sun's own password"])
def test_f8_a_wrong_password_is_wrong_and_counted(web: Web, password: str) -> None:
    client = web.client()
    assert [sign_in(client, "zhao", password).status_code for _ in range(11)] == [401] * 10 + [429]
    assert sign_in(client, "zhao", RIGHT).status_code == 429
    assert users.list_users(web.hotline.storage) == []


def test_e4_without_a_role_nobody_gets_an_account(web: Web) -> None:
    answer = sign_in(web.client(), "sun", "sun's own password")
    assert answer.status_code == 403
    assert users.list_users(web.hotline.storage) == []
    assert sign_in(web.client(), "sun", "wrong").status_code == 401  # only whoever is it learns that


def test_f8_a_namesake_in_the_directory_opens_no_account_here(web: Web) -> None:
    web.signed_in(Role.ADMINISTRATOR, username="zhao")
    client = web.client()
    assert sign_in(client, "zhao", RIGHT + "!").status_code == 401
    # Both have the same password by chance in these tests, so the account gets another one.
    accounts.reset_password(web.hotline.storage, "zhao", web.now, "test")
    assert sign_in(client, "zhao", RIGHT).status_code == 401 and not is_in(client)


def test_e4_whom_an_administrator_binds_comes_in_by_the_directory(web: Web, there: Slapd) -> None:
    web.add_user("zhao", Role.OPERATOR)
    provider = ldap.provider_of(web.hotline.settings.sign_in.ldap)
    outside.expect(web.hotline.storage, "zhao", provider, "zhao@example.com", "boss", web.now)
    client = web.client()
    assert sign_in(client, "zhao", RIGHT).status_code == 302
    assert is_in(client)
    assert len(users.list_users(web.hotline.storage)) == 1


def test_e4_a_directory_that_is_away_is_told_of_and_administrators_come_in(tmp_path: Path, there: Slapd) -> None:
    web = a_web(tmp_path, site(there, free_port()))
    assert sign_in(web.client(), "zhao", RIGHT).status_code == 503
    boss = web.signed_in(Role.ADMINISTRATOR, username="boss")
    assert is_in(boss)
    assert sign_in(web.client(), "boss", OURS).status_code == 302
