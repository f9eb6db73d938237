"""That a session, a token or a display was seen: written once a minute at most, and never a reason to turn it away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.people import Role
from hotline.services.accounts import accounts, sessions, tokens
from hotline.services.floor.wallboard_displays import add_display, known_display
from hotline.storage.transaction import Storage
from tests.support.turns import TurnsStorage
from tests.support.web import NOW

#: Whether it is known at that time.
IsKnown = Callable[[Storage, datetime], bool]


@pytest.fixture
def turns(tmp_path: Path) -> Iterator[TurnsStorage]:
    storage = TurnsStorage(tmp_path)
    yield storage
    storage.close()


def a_session(storage: Storage) -> IsKnown:
    user, _password = accounts.add_user(storage, "li", "Li", (Role.OPERATOR,), NOW, "test")
    token = sessions.begin(storage, user, "127.0.0.1", "", NOW)
    return lambda storage, now: sessions.recognise(storage, token, now, hours=12) is not None


def a_token(storage: Storage) -> IsKnown:
    token = tokens.create_token(storage, "reports", NOW, "test")
    assert tokens.verify_token(storage, token, NOW)
    return lambda storage, now: tokens.verify_token(storage, token, now) is not None


def a_display(storage: Storage) -> IsKnown:
    _display, token = add_display(storage, "大厅", "boss", NOW)
    assert known_display(storage, token, NOW)
    return lambda storage, now: known_display(storage, token, now) is not None


each = pytest.mark.parametrize("make", [a_session, a_token, a_display])


@each
def test_it_is_written_once_a_minute(turns: TurnsStorage, make: Callable[[Storage], IsKnown]) -> None:
    is_known = make(turns)
    with turns.held() as began:
        assert is_known(turns, NOW + timedelta(seconds=59))
        assert [turn.writes for turn in began] == [False]
        assert is_known(turns, NOW + timedelta(seconds=60))
        assert is_known(turns, NOW + timedelta(seconds=119))
    assert [turn.writes for turn in began] == [False, False, True, False]


@each
def test_it_is_known_while_nothing_can_be_written(turns: TurnsStorage, make: Callable[[Storage], IsKnown]) -> None:
    is_known, another = make(turns), turns.another()
    with turns.held():
        assert is_known(another, NOW + timedelta(minutes=2))
    another.close()
    with turns.held() as began:
        assert is_known(turns, NOW + timedelta(minutes=2))
    assert any(turn.writes for turn in began), "it stays due"
