"""From an account of the company to a person here, on both databases (E4, F5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.accounts.user import User
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.people import Role
from hotline.domain.sign_in.outside import Outside, roles_of, username_from
from hotline.services.accounts import accounts, sessions, users
from hotline.services.accounts.passwords import verify_password
from hotline.services.sign_in import outside
from hotline.settings.sign_in import RoleGroups
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

COMPANY = "oidc https://login.example.com"
NOBODY: dict[str, tuple[str, ...]] = dict.fromkeys(Role, ())
FREE = RoleGroups(**NOBODY)
GROUPS = RoleGroups(**{**NOBODY, "operator": ("ops",), "examiner": ("qa",), "administrator": ("admins", "root")})
ZHAO = Outside(COMPANY, "u-17", "Zhao.Min@corp", "赵敏", "zhao@example.com", frozenset({"OPS"}))


def enter(storage: Storage, who: Outside = ZHAO, groups: RoleGroups = GROUPS) -> User:
    return outside.enter(storage, who, groups, (), "10.0.0.1", MORNING)


def refused(storage: Storage) -> list[str]:
    with storage.reading() as tx:
        return [str(e["detail"]) for e in AuditLog(tx).latest(50) if e["action"] == "sign_in.refused"]


def test_e4_whoever_has_a_role_by_their_groups_is_added_and_known_again(storage: Storage) -> None:
    zhao = enter(storage)
    assert (zhao.username, zhao.display_name, zhao.roles) == ("zhao.min", "赵敏", (Role.OPERATOR,))
    assert not zhao.must_change_password
    assert not any(verify_password(zhao.password_hash, guess) for guess in ("", "!", "zhao.min"))
    renamed = replace(ZHAO, username="someone-else", mail="")
    assert enter(storage, renamed).id == zhao.id


def test_e4_an_account_without_a_role_gets_none_and_the_log_has_it(storage: Storage) -> None:
    for groups, rules in ((frozenset(), GROUPS), (frozenset({"cleaners"}), GROUPS), (frozenset({"ops"}), FREE)):
        with pytest.raises(Refused, match="no_role"):
            enter(storage, replace(ZHAO, groups=groups), rules)
    assert users.list_users(storage) == []
    assert len(refused(storage)) == 3 and all("sign_in.no_role" in each for each in refused(storage))


def test_e4_who_loses_every_group_comes_in_no_more(storage: Storage) -> None:
    zhao = enter(storage)
    with pytest.raises(Refused, match="no_role"):
        enter(storage, replace(ZHAO, groups=frozenset()))
    assert users.user_of(storage, "zhao.min").roles == zhao.roles


def test_e4_roles_follow_the_groups_and_whoever_loses_one_is_signed_out(storage: Storage) -> None:
    zhao = enter(storage)
    token = sessions.begin(storage, zhao, "10.0.0.1", "Mozilla/5.0", MORNING)
    changed = enter(storage, replace(ZHAO, groups=frozenset({"qa"})))
    assert changed.roles == (Role.EXAMINER,)
    assert sessions.recognise(storage, token, MORNING, 12) is None


def test_f5_groups_that_no_one_person_may_have_let_nobody_in(storage: Storage) -> None:
    with pytest.raises(Refused, match="examines_and_calls"):
        enter(storage, replace(ZHAO, groups=frozenset({"ops", "qa"})))
    assert users.list_users(storage) == []


def test_f8_nobody_becomes_somebody_by_their_name(storage: Storage) -> None:
    """Whoever may choose their name at the provider chooses the administrator's."""
    accounts.add_user(storage, "admin", "管理员", (Role.ADMINISTRATOR,), MORNING, "test")
    with pytest.raises(Conflict, match="name_taken"):
        enter(storage, replace(ZHAO, username="Admin"))
    with pytest.raises(Conflict, match="name_taken"):
        enter(storage, replace(ZHAO, username="ADMIN@corp", mail="admin@example.com"))


def test_f8_the_same_subject_of_another_provider_is_somebody_else(storage: Storage) -> None:
    zhao = enter(storage)
    other = enter(storage, replace(ZHAO, provider="oidc https://other.example", username="zhao2"))
    assert other.id != zhao.id


def test_e4_an_administrator_binds_by_a_mail_address_that_the_provider_has_verified(storage: Storage) -> None:
    li, _password = accounts.add_user(storage, "li", "李四", (Role.SUPERVISOR,), MORNING, "test")
    outside.expect(storage, "li", COMPANY, " Zhao@Example.com ", "boss", MORNING)
    with pytest.raises(Refused, match="no_role"):  # not verified: somebody new, and without a role
        enter(storage, replace(ZHAO, mail=""), FREE)
    assert enter(storage, ZHAO, FREE).id == li.id
    assert enter(storage, replace(ZHAO, mail=""), FREE).id == li.id  # by the subject from then on
    with pytest.raises(Refused):  # who gets the address later is not the one who had it
        enter(storage, replace(ZHAO, subject="u-99"), FREE)
    outside.unbind(storage, "li", "boss", MORNING)
    with pytest.raises(Refused):
        enter(storage, ZHAO, FREE)
    with pytest.raises(NotFound):
        outside.unbind(storage, "li", "boss", MORNING)


def test_e4_an_account_of_the_company_is_one_persons_alone(storage: Storage) -> None:
    for name in ("li", "wang"):
        accounts.add_user(storage, name, name, (Role.OPERATOR,), MORNING, "test")
    outside.expect(storage, "li", COMPANY, "u-17", "boss", MORNING)
    with pytest.raises(Conflict, match="bound_to_another"):
        outside.expect(storage, "wang", COMPANY, "u-17", "boss", MORNING)
    outside.expect(storage, "li", COMPANY, "zhao@example.com", "boss", MORNING)
    with pytest.raises(Conflict, match="bound_to_another"):
        outside.expect(storage, "wang", COMPANY, "ZHAO@example.com", "boss", MORNING)
    for nothing in ("", "  ", "x" * 255):
        with pytest.raises(Refused, match="known_by"):
            outside.expect(storage, "wang", COMPANY, nothing, "boss", MORNING)
    with pytest.raises(NotFound):
        outside.expect(storage, "nobody", COMPANY, "u-1", "boss", MORNING)


def test_f12_whoever_has_left_comes_in_no_more_though_the_company_still_knows_them(storage: Storage) -> None:
    enter(storage)
    users.set_active(storage, "zhao.min", False, MORNING, "boss")
    with pytest.raises(Refused, match="account_off"):
        enter(storage)


def test_f8_the_last_administrator_stays_one_whatever_the_groups_say(storage: Storage) -> None:
    boss = replace(ZHAO, groups=frozenset({"root"}))
    assert enter(storage, boss).roles == (Role.ADMINISTRATOR,)
    with pytest.raises(Refused, match="last_administrator"):
        enter(storage, replace(boss, groups=frozenset({"ops"})))
    assert users.user_of(storage, "zhao.min").roles == (Role.ADMINISTRATOR,)


def test_an_account_whose_end_has_come_lets_nobody_in(storage: Storage) -> None:
    accounts.add_user(storage, "li", "李四", (Role.OPERATOR,), MORNING, "test", expires_at=MORNING + timedelta(hours=1))
    outside.expect(storage, "li", COMPANY, "u-17", "boss", MORNING)
    with pytest.raises(Refused, match="account_off"):
        outside.enter(storage, ZHAO, GROUPS, (), "10.0.0.1", MORNING + timedelta(hours=1))


@given(st.text(max_size=80))
def test_user_names_that_are_made_are_fit_or_none(name: str) -> None:
    made = username_from(name)
    assert made == "" or (made.isascii() and made == made.lower() and made[0].isalnum() and len(made) <= 64)


def test_groups_are_compared_whatever_the_case_and_whole() -> None:
    granted = {"operator": ("Ops",), "administrator": ("cn=Admins,dc=example",)}
    assert roles_of(["OPS", "ops2"], granted) == (Role.OPERATOR,)
    assert roles_of(["op", "admins"], granted) == ()
    assert roles_of(["CN=admins,DC=example"], granted) == (Role.ADMINISTRATOR,)
