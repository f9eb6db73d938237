"""Sessions in the database: found by a token's digest alone, ended for a reason that is pushed, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.accounts.session import SessionEnd
from hotline.domain.accounts.user import User
from hotline.domain.errors import NotFound, Refused
from hotline.domain.people import Role
from hotline.services.accounts import accounts, sessions, users
from hotline.storage.accounts.sessions import SessionStore
from hotline.storage.audit import AuditLog
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

HOURS = 12
MINUTE = timedelta(minutes=1)


@pytest.fixture
def zhao(storage: Storage) -> User:
    return accounts.add_user(storage, "zhao", "赵敏", (Role.OPERATOR,), MORNING, "test")[0]


def begin(storage: Storage, user: User) -> str:
    return sessions.begin(storage, user, "10.0.0.1", "Mozilla/5.0", MORNING)


def id_of(storage: Storage, token: str) -> int:
    known = sessions.recognise(storage, token, MORNING, HOURS)
    assert known is not None and known[1].id is not None
    return known[1].id


def pushed(storage: Storage) -> list[tuple[object, object]]:
    with storage.reading() as tx:
        return [(e.payload["session_id"], e.payload["why"]) for e in Outbox(tx).after(0, 100) if e.topic == "session"]


def test_a_session_is_found_by_its_token_and_by_no_other(storage: Storage, zhao: User) -> None:
    token = begin(storage, zhao)
    known = sessions.recognise(storage, token, MORNING, HOURS)
    assert known is not None and known[0] == zhao and known[1].address == "10.0.0.1"
    for other in ("", token[:-1], token + "x", "\x00", "\ud83d", "x" * 10_000):
        assert sessions.recognise(storage, other, MORNING, HOURS) is None


def test_no_two_tokens_are_alike_and_none_is_stored(storage: Storage, zhao: User) -> None:
    tokens = {begin(storage, zhao) for _ in range(20)}
    assert len(tokens) == 20 and all(len(token) >= 43 for token in tokens)
    with storage.reading() as tx:
        stored = str(SessionStore(tx).open())
    assert not any(token in stored for token in tokens)


def test_when_somebody_was_seen_is_written_once_a_minute_at_most(storage: Storage, zhao: User) -> None:
    token = begin(storage, zhao)
    for seconds, seen in ((0, 0), (59, 0), (60, 60), (119, 60), (120, 120)):
        sessions.recognise(storage, token, MORNING + timedelta(seconds=seconds), HOURS)
        with storage.reading() as tx:
            assert SessionStore(tx).open()[0].seen_at == MORNING + timedelta(seconds=seen)


def test_a_session_is_over_after_its_hours_and_its_browser_is_told(storage: Storage, zhao: User) -> None:
    token = begin(storage, zhao)
    number = id_of(storage, token)
    end = MORNING + timedelta(hours=HOURS)
    assert sessions.recognise(storage, token, end, HOURS) is not None
    assert sessions.end_expired(storage, end, HOURS) == 0
    assert sessions.end_expired(storage, end + timedelta(seconds=1), HOURS) == 1
    assert sessions.recognise(storage, token, end, HOURS) is None
    assert pushed(storage) == [(number, "expired")]


def test_whether_a_session_is_live_is_one_look(storage: Storage, zhao: User) -> None:
    number = id_of(storage, begin(storage, zhao))
    with storage.reading() as tx:
        assert sessions.is_live(tx, number, MORNING, HOURS)
        assert not sessions.is_live(tx, number, MORNING + timedelta(hours=HOURS, seconds=1), HOURS)
        assert not sessions.is_live(tx, number + 1, MORNING, HOURS)
    sessions.sign_out(storage, number, "zhao", MORNING)
    with storage.reading() as tx:
        assert not sessions.is_live(tx, number, MORNING, HOURS)


def test_signing_out_twice_is_one_end(storage: Storage, zhao: User) -> None:
    number = id_of(storage, begin(storage, zhao))
    for _ in range(2):
        sessions.sign_out(storage, number, "zhao", MORNING)
    assert pushed(storage) == [(number, "signed_out")]
    with storage.reading() as tx:
        assert [e["action"] for e in AuditLog(tx).latest(10)].count("sign_out") == 1


def test_a_new_token_takes_the_place_of_the_old(storage: Storage, zhao: User) -> None:
    old = begin(storage, zhao)
    new = sessions.give_new_token(storage, id_of(storage, old))
    assert sessions.recognise(storage, old, MORNING, HOURS) is None
    assert sessions.recognise(storage, new, MORNING, HOURS) is not None


def test_everything_that_takes_rights_away_ends_the_sessions_and_says_why(storage: Storage, zhao: User) -> None:
    ends = {
        "password_reset": lambda: accounts.reset_password(storage, "zhao", MORNING, "boss"),
        "deactivated": lambda: users.set_active(storage, "zhao", False, MORNING, "boss"),
        "rights_changed": lambda: users.edit_user(
            storage, "zhao", "赵敏", (Role.SUPERVISOR,), None, (), MORNING, "boss"
        ),
        "by_administrator": lambda: sessions.end_all_by_administrator(storage, "zhao", "离职", "boss", MORNING),
    }
    for why, end in ends.items():
        token = begin(storage, zhao)
        with storage.reading() as tx:
            (number,) = [session.id for session in SessionStore(tx).open()]
        end()
        assert sessions.recognise(storage, token, MORNING, HOURS) is None, why
        assert pushed(storage)[-1] == (number, why)
        users.set_active(storage, "zhao", True, MORNING, "boss")


def test_another_extension_ends_the_sessions_the_first_one_does_not(storage: Storage, zhao: User) -> None:
    token = begin(storage, zhao)
    operators = ("1001", "1002")
    users.edit_user(storage, "zhao", "赵敏", (Role.OPERATOR,), "1001", operators, MORNING, "boss")
    assert sessions.recognise(storage, token, MORNING, HOURS) is not None
    users.edit_user(storage, "zhao", "赵敏", (Role.OPERATOR,), "1002", operators, MORNING, "boss")
    assert sessions.recognise(storage, token, MORNING, HOURS) is None


def test_only_whom_it_concerns_is_signed_out(storage: Storage, zhao: User) -> None:
    qian = accounts.add_user(storage, "qian", "钱伟", (Role.OPERATOR,), MORNING, "test")[0]
    hers, his = begin(storage, zhao), begin(storage, qian)
    with storage.writing() as tx:
        assert zhao.id is not None
        assert sessions.end_all(tx, zhao.id, "test", SessionEnd.DEACTIVATED, MORNING) == 1
    assert sessions.recognise(storage, hers, MORNING, HOURS) is None
    assert sessions.recognise(storage, his, MORNING, HOURS) is not None


@pytest.mark.parametrize("reason", ["", " \t\r\n", "\x00", "x" * 201])
def test_an_administrator_ends_nothing_without_a_reason(storage: Storage, zhao: User, reason: str) -> None:
    number = id_of(storage, begin(storage, zhao))
    with pytest.raises(Refused):
        sessions.end_by_administrator(storage, number, reason, "boss", MORNING)
    with pytest.raises(Refused):
        sessions.end_all_by_administrator(storage, "zhao", reason, "boss", MORNING)
    assert pushed(storage) == []


def test_what_is_not_there_is_told(storage: Storage, zhao: User) -> None:
    number = id_of(storage, begin(storage, zhao))
    sessions.end_by_administrator(storage, number, "借用", "boss", MORNING)
    for missing in (number, number + 1, 2**40):
        with pytest.raises(NotFound):
            sessions.end_by_administrator(storage, missing, "why", "boss", MORNING)
    with pytest.raises(NotFound):
        sessions.end_all_by_administrator(storage, "nobody", "why", "boss", MORNING)


def test_what_has_ended_is_forgotten_after_its_time(storage: Storage, zhao: User) -> None:
    sessions.sign_out(storage, id_of(storage, begin(storage, zhao)), "zhao", MORNING)
    begin(storage, zhao)
    for later, forgotten in ((sessions.ENDED_KEPT, 0), (sessions.ENDED_KEPT + MINUTE, 1)):
        with storage.writing() as tx:
            assert sessions.forget_ended(tx, MORNING + later) == forgotten
    with storage.reading() as tx:
        assert len(SessionStore(tx).open()) == 1


def test_a_password_changed_in_the_meantime_is_not_overwritten(storage: Storage) -> None:
    """Somebody signs in, an administrator resets the password, then the first one's form arrives."""
    user, first = accounts.add_user(storage, "li", "李", (Role.OPERATOR,), MORNING, "test")
    accounts.reset_password(storage, "li", MORNING, "boss")
    with pytest.raises(Refused):
        accounts.change_password(storage, user, first, "correct horse battery", MORNING)
