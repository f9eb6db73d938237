"""The company's directory, against Debian's slapd (E4, F8)."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.sign_in.outside import Outside
from hotline.services.sign_in import ldap
from hotline.settings.ldap import Ldap
from tests.support import slapd as directory
from tests.support.certificates import Authority
from tests.support.rig import free_port
from tests.support.slapd import BASE, READER, Slapd, slapd

RIGHT = "correct horse battery"


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    with slapd(tmp_path_factory.mktemp("slapd")) as running:
        yield running


def rules(there: Slapd, **other: Any) -> Ldap:
    known: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": there.tls_port,
        "security": "tls",
        "ca_file": str(there.ca),
        "bind_dn": READER,
        "password": directory.PASSWORD,
        "base": BASE,
        "user_filter": "(&(objectClass=inetOrgPerson)(uid={username}))",
        "subject_attribute": "entryUUID",
        "name_attribute": "cn",
        "mail_attribute": "mail",
        "group_base": "",
        "group_filter": "(&(objectClass=groupOfNames)(member={dn}))",
        "group_attribute": "cn",
        "timeout_seconds": 3,
    }
    return Ldap(**{**known, **other})


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_e4_the_directory_vouches_for_name_and_password(there: Slapd, security: str) -> None:
    port = there.tls_port if security == "tls" else there.port
    found = ldap.vouched(rules(there, security=security, port=port), "zhao", RIGHT)
    assert found is not None and len(found.subject) == 36
    assert replace(found, subject="") == Outside(
        "ldap 127.0.0.1",
        "",
        "zhao",
        "Zhao Min",
        "zhao@example.com",
        frozenset({"hotline-operators", f"cn=hotline-operators,ou=groups,{BASE}"}),
    )


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("zhao", "wrong"),
        ("zhao", ""),  # a directory takes that for "anonymous", and answers that all is well
        ("zhao", "sun's own password"),
        ("nobody", RIGHT),
        ("", RIGHT),
        ("reader", directory.PASSWORD),
        ("*", RIGHT),
        ("zh*", RIGHT),
        ("zhao)(uid=*", RIGHT),
        ("*)(objectClass=*", RIGHT),
        ("zhao)(|(uid=*", RIGHT),
        ("zhao\x00", RIGHT),
        ("zhao\\2a", RIGHT),
        (f"uid=zhao,ou=people,{BASE}", RIGHT),
    ],
)
def test_f8_nothing_else_opens(there: Slapd, username: str, password: str) -> None:
    assert ldap.vouched(rules(there), username, password) is None


def test_e4_names_and_dns_with_signs_of_filters_are_data(there: Slapd) -> None:
    found = ldap.vouched(rules(there), "tricky, name", "tricky one's password")
    assert found is not None and found.name == "a (b) *" and "hotline-operators" in found.groups


def test_e4_who_is_in_no_group_has_none_and_no_address_is_made_up(there: Slapd) -> None:
    found = ldap.vouched(rules(there), "sun", "sun's own password")
    assert found is not None and (found.groups, found.mail) == (frozenset(), "")


def test_f8_a_name_that_two_have_is_nobodys(there: Slapd) -> None:
    assert ldap.vouched(rules(there, user_filter="(|(uid={username})(uid=sun))"), "zhao", RIGHT) is None


def test_f8_a_directory_whose_certificate_is_not_of_our_authority_is_told_nothing(there: Slapd, tmp_path: Path) -> None:
    other = Authority(tmp_path).certificate
    for security, port in (("tls", there.tls_port), ("starttls", there.port)):
        with pytest.raises(ldap.DirectoryAway):
            ldap.vouched(rules(there, ca_file=str(other), security=security, port=port), "zhao", RIGHT)
    with pytest.raises(ldap.DirectoryAway):  # by the system's authorities
        ldap.vouched(rules(there, ca_file=""), "zhao", RIGHT)


def test_f8_a_certificate_of_another_host_is_none(there: Slapd) -> None:
    with pytest.raises(ldap.DirectoryAway):
        ldap.vouched(rules(there, host="localhost"), "zhao", RIGHT)


def test_e4_a_directory_that_is_away_or_does_not_let_us_look_is_told_of(there: Slapd) -> None:
    for other in ({"port": free_port()}, {"password": "wrong"}, {"bind_dn": f"cn=nobody,{BASE}"}):
        with pytest.raises(ldap.DirectoryAway):
            ldap.vouched(rules(there, **other), "zhao", RIGHT)


def test_e4_a_directory_that_never_answers_holds_nobody_for_long(there: Slapd) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        done = threading.Event()

        def ask() -> None:
            with pytest.raises(ldap.DirectoryAway):
                ldap.vouched(rules(there, security="none", port=port, timeout_seconds=1), "zhao", RIGHT)
            done.set()

        threading.Thread(target=ask, daemon=True).start()
        assert done.wait(60)


def test_f8_a_name_that_there_is_not_costs_a_bind_all_the_same(there: Slapd, monkeypatch: pytest.MonkeyPatch) -> None:
    binds: list[str] = []
    bind = ldap._is_password

    def counted(rules: Ldap, dn: str, password: str) -> bool:
        binds.append(dn)
        return bind(rules, dn, password)

    monkeypatch.setattr(ldap, "_is_password", counted)
    for username in ("zhao", "nobody"):
        assert ldap.vouched(rules(there), username, "wrong") is None
    ldap.look_in_vain(rules(there), "zhao")
    assert len(binds) == 3
