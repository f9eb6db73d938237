"""Whom a leader leads: at the call's moment, and whoever acts for one who is away."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hotline.domain.led import NOBODY, Led, LedSpan
from hotline.domain.people import Role
from hotline.services.accounts import accounts
from hotline.services.led import led_by
from hotline.storage.accounts.users import UserStore
from hotline.storage.transaction import Storage
from tests.support.instance import at
from tests.support.leaders import away, team

NOW = at("2026-11-16 10:30:00")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def people(storage: Storage) -> None:
    for username, extension in (("zhao", "1001"), ("qian", "1002"), ("sun", None), ("li", None)):
        role = Role.OPERATOR if extension else Role.LEADER
        accounts.add_user(storage, username, username, (role,), NOW, "test", extension, ("1001", "1002"))


def _led(storage: Storage, username: str, now: datetime = NOW) -> Led:
    with storage.reading() as tx:
        user = UserStore(tx).by_username(username)
    assert user is not None and user.id is not None
    return led_by(storage, user.id, now)


def test_who_leads_nothing_leads_nobody(storage: Storage) -> None:
    assert _led(storage, "sun") == NOBODY
    team(storage, "一组", "li", "zhao")
    assert _led(storage, "sun") == NOBODY


def test_members_count_by_their_extension_and_account(storage: Storage) -> None:
    team(storage, "一组", "sun", "zhao")
    led = _led(storage, "sun")
    assert led == Led((LedSpan("1001"),), frozenset({"zhao"}))
    assert led.had(["1002", "1001"], NOW)
    assert not led.had(["1002"], NOW)


def test_only_what_was_while_they_belonged_to_it_counts(storage: Storage) -> None:
    team(storage, "一组", "sun", "zhao", since=NOW - 2 * DAY, until=NOW - DAY)
    led = _led(storage, "sun")
    assert led.had(["1001"], NOW - 2 * DAY)
    assert not led.had(["1001"], NOW - DAY)
    assert not led.had(["1001"], NOW - 2 * DAY - timedelta(seconds=1))
    assert led.usernames == frozenset()


def test_who_acts_for_an_absent_leader_leads_meanwhile(storage: Storage) -> None:
    team(storage, "一组", "sun", "zhao")
    away(storage, "sun", NOW, NOW + DAY, deputy="li")
    assert _led(storage, "li").usernames == {"zhao"}
    assert _led(storage, "sun") == NOBODY
    assert _led(storage, "li", NOW + DAY) == NOBODY
    assert _led(storage, "sun", NOW + DAY).usernames == {"zhao"}


def test_the_teams_deputy_leads_where_the_leader_named_nobody(storage: Storage) -> None:
    team(storage, "一组", "sun", "zhao", deputy="li")
    away(storage, "sun", NOW, NOW + DAY)
    assert _led(storage, "li").usernames == {"zhao"}
