"""The first administrator."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from hotline.domain.people import Role
from hotline.services.accounts.accounts import Attempt, add_user, sign_in
from hotline.services.accounts.users import create_first_administrator, list_users
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING


def test_on_the_very_first_start_an_administrator_is_made(storage: Storage) -> None:
    made = create_first_administrator(storage, MORNING)
    assert made is not None
    user = sign_in(storage, Attempt(*made), MORNING)
    assert user is not None and user.must_change_password and user.roles == (Role.ADMINISTRATOR, Role.SUPERVISOR)


def test_never_again(storage: Storage) -> None:
    create_first_administrator(storage, MORNING)
    assert create_first_administrator(storage, MORNING) is None
    assert len(list_users(storage)) == 1


def test_not_where_somebody_has_been_added_by_hand(storage: Storage) -> None:
    add_user(storage, "zhao", "赵敏", (Role.OPERATOR,), MORNING, "test")
    assert create_first_administrator(storage, MORNING) is None


def test_of_two_first_starts_at_once_one_makes_it(storage: Storage) -> None:
    gate = threading.Barrier(2)

    def start(_which: int) -> tuple[str, str] | None:
        gate.wait(30)
        return create_first_administrator(storage, MORNING)

    with ThreadPoolExecutor(2) as pool:
        made = [one for one in pool.map(start, range(2)) if one]
    assert len(made) == 1 and sign_in(storage, Attempt(*made[0]), MORNING) is not None
