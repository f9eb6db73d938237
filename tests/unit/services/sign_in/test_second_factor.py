"""A second factor from its first code to its reset, on both databases (F8)."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

import pyotp
import pytest
from sqlalchemy import text

from hotline.domain.accounts.user import User
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.people import Role
from hotline.services.accounts import accounts, sessions, users
from hotline.services.accounts.attempts import TooFast
from hotline.services.sign_in import second_factor
from hotline.services.sign_in.sealed import seal, unseal
from hotline.storage.audit import AuditLog
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

KEY = secrets.token_bytes(32)
STEP = timedelta(seconds=30)
HERE = "10.0.0.1"


@pytest.fixture
def zhao(storage: Storage) -> User:
    return accounts.add_user(storage, "zhao", "赵敏", (Role.OPERATOR,), MORNING, "test")[0]


def again(storage: Storage, user: User) -> User:
    return users.user_of(storage, user.username)


def set_up(storage: Storage, user: User, now: datetime = MORNING) -> tuple[str, list[str]]:
    """The phone's secret and the recovery codes."""
    second_factor.propose(storage, KEY, user, "", HERE, now)
    secret = second_factor.proposed(storage, KEY, user)
    assert secret is not None
    codes = second_factor.confirm(storage, KEY, user, pyotp.TOTP(secret).at(now), HERE, None, now)
    return secret, list(codes)


def prove(storage: Storage, user: User, code: str, now: datetime) -> bool:
    return second_factor.prove(storage, KEY, user, code, HERE, now)


def actions(storage: Storage) -> list[str]:
    with storage.reading() as tx:
        return [str(entry["action"]) for entry in reversed(AuditLog(tx).latest(100))]


def test_f8_it_is_asked_for_from_the_first_right_code_on(storage: Storage, zhao: User) -> None:
    second_factor.propose(storage, KEY, zhao, "", HERE, MORNING)
    assert again(storage, zhao).second_factor_at is None
    secret = second_factor.proposed(storage, KEY, zhao)
    assert secret is not None and len(secret) >= 32
    with pytest.raises(Refused, match="wrong_code"):
        second_factor.confirm(storage, KEY, zhao, "000000", HERE, None, MORNING)
    assert second_factor.proposed(storage, KEY, zhao) == secret
    second_factor.confirm(storage, KEY, zhao, pyotp.TOTP(secret).at(MORNING), HERE, None, MORNING)
    assert again(storage, zhao).second_factor_at == MORNING
    assert second_factor.proposed(storage, KEY, zhao) is None
    with pytest.raises(Refused, match="nothing_proposed"):
        second_factor.confirm(storage, KEY, zhao, pyotp.TOTP(secret).at(MORNING + STEP), HERE, None, MORNING + STEP)


def test_f8_no_code_is_taken_twice_nor_an_older_one(storage: Storage, zhao: User) -> None:
    secret, _codes = set_up(storage, zhao)
    made = pyotp.TOTP(secret)
    assert not prove(storage, zhao, made.at(MORNING), MORNING)  # it confirmed the phone
    later = MORNING + 4 * STEP
    assert prove(storage, zhao, made.at(later), later)
    assert not prove(storage, zhao, made.at(later), later)
    assert not prove(storage, zhao, made.at(later - STEP), later)
    assert prove(storage, zhao, made.at(later + STEP), later)  # a phone that is half a minute ahead
    assert "second_factor.refused" in actions(storage)


def test_f8_of_many_who_show_one_code_at_once_one_is_let_in(storage: Storage, zhao: User) -> None:
    secret, codes = set_up(storage, zhao)
    later = MORNING + 4 * STEP
    for code in (pyotp.TOTP(secret).at(later), codes[0]):
        with ThreadPoolExecutor(4) as pool:
            let_in = list(pool.map(partial(prove, storage, zhao, now=later), [code] * 4))
        assert sum(let_in) == 1
        later += timedelta(minutes=5)


def test_f8_each_recovery_code_lets_in_once(storage: Storage, zhao: User) -> None:
    _secret, codes = set_up(storage, zhao)
    assert len(set(codes)) == 10
    assert prove(storage, zhao, codes[3].upper().replace("-", " - "), MORNING)
    assert not prove(storage, zhao, codes[3], MORNING)
    assert second_factor.recovery_codes_left(storage, zhao) == 9
    now = MORNING + timedelta(minutes=2)
    fresh = second_factor.renew_recovery_codes(storage, KEY, again(storage, zhao), codes[4], HERE, now)
    assert not prove(storage, zhao, codes[5], now) and prove(storage, zhao, fresh[5], now)


def test_f8_codes_are_guessed_no_faster_from_anywhere(storage: Storage, zhao: User) -> None:
    secret, _codes = set_up(storage, zhao)
    now = MORNING + timedelta(minutes=10)
    for at in range(5):
        assert not second_factor.prove(storage, KEY, zhao, f"00000{at}", f"10.0.{at}.1", now)
    with pytest.raises(TooFast):
        second_factor.prove(storage, KEY, zhao, pyotp.TOTP(secret).at(now), "10.0.9.1", now)
    assert prove(storage, zhao, pyotp.TOTP(secret).at(now + 2 * STEP), now + 2 * STEP)


def test_f8_another_phone_needs_a_code_of_the_first(storage: Storage, zhao: User) -> None:
    secret, codes = set_up(storage, zhao)
    known = again(storage, zhao)
    with pytest.raises(Refused, match="wrong_code"):
        second_factor.propose(storage, KEY, known, "", HERE, MORNING)
    assert second_factor.proposed(storage, KEY, known) is None
    second_factor.propose(storage, KEY, known, codes[0], HERE, MORNING)
    later = MORNING + 4 * STEP
    assert prove(storage, zhao, pyotp.TOTP(secret).at(later), later)  # until the new one has shown its first code
    new = second_factor.proposed(storage, KEY, known)
    assert new is not None and new != secret
    second_factor.confirm(storage, KEY, known, pyotp.TOTP(new).at(later), HERE, None, later)
    later += 4 * STEP
    assert not prove(storage, zhao, pyotp.TOTP(secret).at(later), later)
    assert prove(storage, zhao, pyotp.TOTP(new).at(later), later)


def test_f8_other_sessions_end_with_the_set_up(storage: Storage, zhao: User) -> None:
    kept, other = (sessions.begin(storage, zhao, HERE, "Mozilla/5.0", MORNING) for _ in range(2))
    known = sessions.recognise(storage, kept, MORNING, 12)
    assert known is not None
    second_factor.propose(storage, KEY, zhao, "", HERE, MORNING)
    secret = second_factor.proposed(storage, KEY, zhao)
    assert secret is not None
    second_factor.confirm(storage, KEY, zhao, pyotp.TOTP(secret).at(MORNING), HERE, known[1].id, MORNING)
    assert sessions.recognise(storage, kept, MORNING, 12) and not sessions.recognise(storage, other, MORNING, 12)


def test_f8_somebody_else_takes_it_away_with_a_reason_and_its_owner_is_told(storage: Storage, zhao: User) -> None:
    secret, codes = set_up(storage, zhao)
    token = sessions.begin(storage, zhao, HERE, "Mozilla/5.0", MORNING)
    with pytest.raises(Forbidden, match="own_second_factor"):
        second_factor.reset(storage, "zhao", "手机丢失", "zhao", MORNING)
    with pytest.raises(Refused, match="reason"):
        second_factor.reset(storage, "zhao", "  ", "boss", MORNING)
    with pytest.raises(NotFound):
        second_factor.reset(storage, "nobody", "手机丢失", "boss", MORNING)
    second_factor.reset(storage, "zhao", "手机丢失", "boss", MORNING)
    assert again(storage, zhao).second_factor_at is None
    assert sessions.recognise(storage, token, MORNING, 12) is None
    later = MORNING + 4 * STEP
    assert not prove(storage, zhao, pyotp.TOTP(secret).at(later), later) and not prove(storage, zhao, codes[0], later)
    with pytest.raises(NotFound, match="no_second_factor"):
        second_factor.reset(storage, "zhao", "手机丢失", "boss", MORNING)
    with storage.reading() as tx:
        assert zhao.id is not None
        person = StaffStore(tx).person_of_user(zhao.id)
        assert person is not None and person.id is not None
        told = NotificationStore(tx).of_person(person.id)
        entry = next(e for e in AuditLog(tx).latest(100) if e["action"] == "second_factor.reset")
    assert [(each.kind, each.values) for each in told] == [("second_factor_reset", {"by": "boss"})]
    assert (entry["who"], entry["object"], entry["detail"]) == ("boss", "user:zhao", "手机丢失")


def test_f8_the_database_alone_tells_neither_secret_nor_codes(storage: Storage, zhao: User) -> None:
    secret, codes = set_up(storage, zhao)
    with storage.reading() as tx:
        rows = str(tx.connection.execute(text("SELECT * FROM second_factor")).all())
        rows += str(tx.connection.execute(text("SELECT * FROM recovery_code")).all())
    assert secret not in rows and not any(code in rows for code in codes)


def test_f8_what_is_sealed_opens_with_its_key_for_its_owner_alone() -> None:
    sealed = seal(KEY, "GEZDGNBV", 7)
    assert unseal(KEY, sealed, 7) == "GEZDGNBV"
    assert sealed != seal(KEY, "GEZDGNBV", 7)
    for key, text_, owner in (
        (secrets.token_bytes(32), sealed, 7),
        (KEY, sealed, 8),
        (KEY, sealed[:-4] + "AAA=", 7),
        (KEY, "no base64", 7),
        (KEY, "", 7),
    ):
        assert unseal(key, text_, owner) is None
