"""Guessing is slow, and shuts out nobody who has a right to come in."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.services.accounts import attempts
from hotline.services.accounts.passwords import verify_password
from hotline.storage.accounts.attempts import AttemptStore
from hotline.storage.audit import AuditLog
from tests.support.web import PASSWORD, Web, a_web, csrf_of

OFFICE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def attempt(client: FlaskClient, username: str, password: str, address: str, **headers: str) -> TestResponse:
    environ = {"REMOTE_ADDR": address}
    token = csrf_of(client.get("/sign-in", environ_base=environ))
    return client.post(
        "/sign-in",
        data={"csrf_token": token, "username": username, "password": password},
        environ_base=environ,
        headers=headers,
    )


def guess(web: Web, username: str, times: int, address: str) -> list[int]:
    client = web.client()
    return [attempt(client, username, f"wrong{n}", address).status_code for n in range(times)]


@pytest.fixture
def people(web: Web) -> Web:
    for name in ("li", "wang"):
        web.signed_in(Role.OPERATOR, username=name)
    web.clock.advance(hours=2)  # what that counted is over
    return web


def test_guesses_from_one_address_do_not_shut_out_who_comes_from_another(people: Web) -> None:
    assert guess(people, "li", 12, ELSEWHERE)[-1] == 429
    assert attempt(people.client(), "li", PASSWORD, OFFICE).status_code == 302


def test_guesses_from_an_address_do_not_shut_out_a_colleague_there(people: Web) -> None:
    assert guess(people, "li", 25, OFFICE)[-1] == 429
    assert attempt(people.client(), "wang", PASSWORD, OFFICE).status_code == 302


def test_guesses_do_not_shut_out_a_browser_that_the_account_knows(people: Web) -> None:
    known = people.client()
    assert attempt(known, "li", PASSWORD, OFFICE).status_code == 302
    session = known.get_cookie("hotline")
    known.delete_cookie("hotline")
    assert session is not None
    assert guess(people, "li", 25, OFFICE)[-1] == 429
    assert attempt(people.client(), "li", PASSWORD, OFFICE).status_code == 429
    assert attempt(known, "li", PASSWORD, OFFICE).status_code == 302


def test_a_known_browser_guesses_no_faster_and_only_its_own_accounts(people: Web) -> None:
    known = people.client()
    attempt(known, "li", PASSWORD, OFFICE)
    known.delete_cookie("hotline")
    statuses = [attempt(known, "li", "wrong", OFFICE).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    guess(people, "wang", 11, OFFICE)
    assert attempt(known, "wang", PASSWORD, OFFICE).status_code == 429


def test_a_forged_device_is_unknown(people: Web) -> None:
    guess(people, "li", 11, OFFICE)
    client = people.client()
    client.set_cookie("hotline_device", "WyJ4IixbMV1d.aaaa.bbbb")
    assert attempt(client, "li", PASSWORD, OFFICE).status_code == 429


def test_who_is_signed_in_goes_on(people: Web) -> None:
    client = people.client()
    attempt(client, "li", PASSWORD, OFFICE)
    guess(people, "li", 25, OFFICE)
    assert client.get("/calls", environ_base={"REMOTE_ADDR": OFFICE}).status_code == 200


def test_a_name_is_guessed_slowly_however_many_ask_at_once_and_right_ones_are_not_counted(people: Web) -> None:
    for _ in range(15):
        assert attempt(people.client(), "wang", PASSWORD, OFFICE).status_code == 302
    assert guess(people, "li", 15, OFFICE) == [401] * 10 + [429] * 5
    people.clock.advance(minutes=1)
    assert guess(people, "li", 1, OFFICE) == [401]
    for _ in range(6):
        people.clock.advance(minutes=1)
        guess(people, "li", 10, OFFICE)
    # No more than so many an hour; nor for a name that nobody has.
    assert guess(people, "li", 1, OFFICE) == [429]
    assert guess(people, "nobody", 11, OFFICE) == [401] * 10 + [429]


def test_an_address_that_tries_many_names_is_slowed_by_a_far_higher_bound(people: Web) -> None:
    client = people.client()
    statuses = [attempt(client, f"name{n}", "wrong", ELSEWHERE).status_code for n in range(202)]
    assert statuses[:200] == [401] * 200 and statuses[200:] == [429, 429]
    assert attempt(people.client(), "li", PASSWORD, OFFICE).status_code == 302


def test_addresses_of_one_subscriber_count_as_one(people: Web) -> None:
    guess(people, "li", 10, "2001:db8:1:2::1")
    assert guess(people, "li", 1, "2001:db8:1:2:ffff::9") == [429]
    assert guess(people, "li", 1, "2001:db8:1:3::1") == [401]


def test_a_forged_forwarded_address_is_not_believed(people: Web) -> None:
    client = people.client()
    statuses = [
        attempt(client, "li", "wrong", OFFICE, **{"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(11)
    ]
    assert statuses[-1] == 429


def test_the_refusal_says_how_long_to_wait(people: Web) -> None:
    guess(people, "li", 10, OFFICE)
    refused = attempt(people.client(), "li", PASSWORD, OFFICE)
    assert "分钟后再试" in refused.text and 1 <= int(refused.headers["Retry-After"]) <= 60


def test_the_count_is_one_for_all_web_processes(people: Web, tmp_path: Path) -> None:
    other = a_web(tmp_path / "other", storage=people.hotline.storage)
    other.clock.now = people.now
    guess(people, "li", 5, OFFICE)
    assert guess(other, "li", 6, OFFICE) == [401] * 5 + [429]


def test_refused_sign_ins_stand_in_the_audit_log_with_their_address(people: Web) -> None:
    guess(people, "li", 1, OFFICE)
    with people.hotline.storage.reading() as tx:
        entry = AuditLog(tx).latest(1)[0]
    assert (entry["action"], entry["object"], entry["detail"]) == ("sign_in.refused", "user:li", OFFICE)


def test_what_is_slowed_is_one_entry_a_minute_and_address(people: Web) -> None:
    guess(people, "li", 25, OFFICE)
    guess(people, "li", 13, ELSEWHERE)
    assert attempts.tell_slowed(people.hotline.storage, people.now) == 0, "the minute is not over"
    people.clock.advance(minutes=1)
    assert attempts.tell_slowed(people.hotline.storage, people.now) == 2
    with people.hotline.storage.reading() as tx:
        told = {(e["action"], e["object"], str(e["detail"]).split()[0]) for e in AuditLog(tx).latest(2)}
    assert told == {("sign_in.slowed", f"address:{OFFICE}", "15"), ("sign_in.slowed", f"address:{ELSEWHERE}", "3")}
    assert attempts.tell_slowed(people.hotline.storage, people.now) == 0


def test_a_flood_of_wrong_tokens_fills_nothing(people: Web) -> None:
    client = people.client()
    for n in range(60):
        client.get("/api/v1/calls", headers={"Authorization": f"Bearer x{n}"}, environ_base={"REMOTE_ADDR": OFFICE})
    people.clock.advance(hours=3)
    before = len(people.audit())
    attempts.tell_slowed(people.hotline.storage, people.now)
    assert len(people.audit()) == before + 1
    with people.hotline.storage.reading() as tx:
        assert AttemptStore(tx).ended("wrong.token", people.now) == []


def test_a_password_stands_in_no_log(people: Web, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client = people.client()
        for _ in range(12):
            attempt(client, "li", "a-secret-that-was-typed", OFFICE)
    assert "a-secret-that-was-typed" not in caplog.text
    with people.hotline.storage.reading() as tx:
        assert "a-secret-that-was-typed" not in str(AuditLog(tx).latest(1000))


def test_the_same_work_is_done_for_a_name_that_nobody_has(people: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the time taken does not tell which names exist."""
    from hotline.services.accounts import accounts

    done: list[str] = []

    def noted(hash_: str, word: str) -> bool:
        done.append(hash_[:10])
        return verify_password(hash_, word)

    monkeypatch.setattr(accounts, "verify_password", noted)
    for name in ("li", "nobody"):
        assert attempt(people.client(), name, "wrong", OFFICE).status_code == 401
    assert len(done) == 2 and done[0] == done[1]
