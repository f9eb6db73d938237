"""Accounts and tokens that end by themselves, and the roles that go together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.accounts.user import User
from hotline.domain.errors import Refused
from hotline.domain.people import Role
from hotline.services.accounts import accounts, sessions, tokens, users
from hotline.services.accounts.account_rules import UnfitAccount
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

HOURS = 12
MOMENT = timedelta(microseconds=1)
END = MORNING + timedelta(hours=1)


@pytest.fixture
def auditor(storage: Storage) -> tuple[User, str]:
    return accounts.add_user(storage, "shen", "沈审计", (Role.AUDITOR,), MORNING, "test", expires_at=END)


def test_from_the_end_on_nobody_signs_in(storage: Storage, auditor: tuple[User, str]) -> None:
    attempt = accounts.Attempt("shen", auditor[1])
    assert accounts.sign_in(storage, attempt, END - MOMENT) is not None
    assert accounts.sign_in(storage, attempt, END) is None


def test_the_session_opens_nothing_from_the_end_on_and_is_ended(storage: Storage, auditor: tuple[User, str]) -> None:
    token = sessions.begin(storage, auditor[0], "", "", MORNING)
    known = sessions.recognise(storage, token, END - MOMENT, HOURS)
    assert known is not None
    session_id = known[1].id
    assert session_id is not None
    assert sessions.recognise(storage, token, END, HOURS) is None
    with storage.reading() as tx:
        ended = [entry.payload for entry in Outbox(tx).after(0, 10) if entry.topic == "session"]
        assert not sessions.is_live(tx, session_id, END, HOURS)
    assert ended == [{"session_id": session_id, "user_id": auditor[0].id, "why": "account_expired"}]


def test_what_stays_open_ends_though_it_asks_for_nothing(storage: Storage, auditor: tuple[User, str]) -> None:
    """Streams ask by the session's row, and are told by the push when it is ended."""
    sessions.begin(storage, auditor[0], "", "", MORNING)
    others, _password = accounts.add_user(storage, "zhao", "赵敏", (Role.OPERATOR,), MORNING, "test")
    sessions.begin(storage, others, "", "", MORNING)
    with storage.reading() as tx:
        assert sessions.is_live(tx, 1, END - MOMENT, HOURS)
        assert not sessions.is_live(tx, 1, END, HOURS)
    assert sessions.end_expired(storage, END - MOMENT, HOURS) == 0
    assert sessions.end_expired(storage, END, HOURS) == 1
    assert [session.user_id for session, _user in sessions.live(storage, END, HOURS, 600)] == [others.id]


def test_an_auditor_must_have_an_end_which_lies_ahead(storage: Storage) -> None:
    for expires_at, code in ((None, "accounts.auditor_ends"), (MORNING, "accounts.ends_ahead")):
        with pytest.raises(UnfitAccount) as refused:
            accounts.add_user(storage, "shen", "", (Role.AUDITOR,), MORNING, "test", expires_at=expires_at)
        assert (refused.value.reason.code, refused.value.field) == (code, "expires_at")


def test_an_end_that_has_come_may_stay_where_something_else_is_changed(
    storage: Storage, auditor: tuple[User, str]
) -> None:
    users.edit_user(storage, "shen", "沈", (Role.AUDITOR,), None, (), END, "boss", END)
    with pytest.raises(UnfitAccount):
        users.edit_user(storage, "shen", "沈", (Role.AUDITOR,), None, (), END, "boss", END - MOMENT)


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        ((Role.AUDITOR, Role.SUPERVISOR), "accounts.audits_and_more"),
        ((Role.AUDITOR, Role.OPERATOR), "accounts.audits_and_more"),
        ((Role.EXAMINER, Role.OPERATOR), "accounts.examines_and_calls"),
        ((Role.EXAMINER, Role.LEADER), "accounts.examines_and_calls"),
        ((Role.EXAMINER, Role.DEPARTMENT), "accounts.examines_and_calls"),
    ],
)
def test_f5_roles_that_do_not_go_together(storage: Storage, roles: tuple[Role, ...], code: str) -> None:
    with pytest.raises(UnfitAccount) as refused:
        accounts.add_user(storage, "wu", "", roles, MORNING, "test", expires_at=END)
    assert refused.value.reason.code == code


def test_an_auditor_has_no_extension(storage: Storage) -> None:
    with pytest.raises(UnfitAccount) as refused:
        accounts.add_user(storage, "shen", "", (Role.AUDITOR,), MORNING, "test", "1001", ("1001",), END)
    assert refused.value.field == "extension"


def test_the_last_administrator_has_no_end(storage: Storage) -> None:
    roles = (Role.ADMINISTRATOR,)
    accounts.add_user(storage, "boss", "", roles, MORNING, "test")
    accounts.add_user(storage, "guest", "", roles, MORNING, "test", expires_at=END)
    with pytest.raises(UnfitAccount) as refused:
        users.edit_user(storage, "boss", "", roles, None, (), MORNING, "boss", END)
    assert refused.value.reason.code == "accounts.last_administrator"


def test_a_token_opens_nothing_from_its_end_on(storage: Storage) -> None:
    token = tokens.create_token(storage, "audit", MORNING, "test", (Role.AUDITOR,), END)
    assert tokens.verify_token(storage, token, END - MOMENT) is not None
    assert tokens.verify_token(storage, token, END) is None


def test_an_auditors_token_must_have_an_end_and_no_other_role(storage: Storage) -> None:
    for roles, end in (((Role.AUDITOR,), None), ((Role.AUDITOR, Role.EXAMINER), END)):
        with pytest.raises(Refused):
            tokens.create_token(storage, "audit", MORNING, "test", roles, end)
