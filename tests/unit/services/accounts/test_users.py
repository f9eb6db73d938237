"""The first administrator."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from hotline.domain.people import Role
from hotline.services.accounts.account_rules import UnfitAccount
from hotline.services.accounts.accounts import Attempt, add_user, change_password, sign_in
from hotline.services.accounts.users import create_first_administrator, edit_user, list_users, set_active, user_of
from hotline.storage.accounts.users import UserStore
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


def test_of_two_administrators_who_end_each_other_at_once_one_is_left(storage: Storage) -> None:
    names = ("li", "wang")
    for name in names:
        add_user(storage, name, name, (Role.ADMINISTRATOR,), MORNING, "test")
    gate = threading.Barrier(2)

    def end(own: int) -> bool:
        gate.wait(30)
        try:
            set_active(storage, names[1 - own], False, MORNING, names[own])
        except UnfitAccount:
            return False
        return True

    for _again in range(5):
        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(end, range(2))) == [False, True]
        for name in names:
            set_active(storage, name, True, MORNING, "test")


def test_who_is_let_in_no_longer_does_not_come_back_by_what_is_written_of_them_meanwhile(storage: Storage) -> None:
    """An account is written whole: what somebody else changes at the same moment was read before."""
    add_user(storage, "admin", "管理员", (Role.ADMINISTRATOR,), MORNING, "test")
    user, password = add_user(storage, "zhao", "赵敏", (Role.OPERATOR,), MORNING, "test")
    with ThreadPoolExecutor(2) as pool:
        with storage.writing() as tx:
            UserStore(tx).lock()
            UserStore(tx).update(replace(user, active=False))
            named = pool.submit(edit_user, storage, "zhao", "赵敏敏", (Role.OPERATOR,), None, (), MORNING, "admin")
            own = pool.submit(change_password, storage, user, password, "晨光家电-长长的一句话", MORNING)
            time.sleep(0.5)  # both have come as far as they can
        assert (named.result().display_name, own.result().must_change_password) == ("赵敏敏", False)
    assert not user_of(storage, "zhao").active
