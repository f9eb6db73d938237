"""Who has an extension by what accounts and settings say: nothing that was done before a change is somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from hotline.domain.people import Role
from hotline.services.accounts.accounts import add_user
from hotline.services.accounts.users import edit_user, set_active
from hotline.services.staff.sync import needs_sync, sync_operators
from hotline.services.staff.tenures import tenures_of_account
from hotline.settings.calls import Operator
from hotline.storage.engine import make_engine
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

NOON = MORNING + timedelta(hours=3)
EVENING = MORNING + timedelta(hours=9)
LONG_AGO = MORNING - timedelta(days=900)
SECOND = timedelta(seconds=1)


class Site:
    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def sync(self, now: datetime, **names: str) -> int:
        operators = _operators({extension.strip("_"): name for extension, name in names.items()})
        with self.storage.writing() as tx:
            changed = sync_operators(tx, operators, now)
            assert not needs_sync(tx, operators)
            assert sync_operators(tx, operators, now) == 0
            return changed

    def had(self, extension: str, *moments: datetime) -> list[str]:
        with self.storage.reading() as tx:
            found = [StaffStore(tx).holder(extension, at) for at in moments]
        return [each.name if each else "" for each in found]

    def people(self) -> list[str]:
        with self.storage.reading() as tx:
            return sorted(each.name for each in StaffStore(tx).all(active_only=False))

    def account(self, username: str, name: str, extension: str | None, now: datetime) -> None:
        add_user(self.storage, username, name, (Role.OPERATOR,), now, "test", extension, ("1001", "1002"))

    def edit(self, username: str, name: str, extension: str | None, now: datetime) -> None:
        edit_user(self.storage, username, name, (Role.OPERATOR,), extension, ("1001", "1002"), now, "test")


def _operators(names: Mapping[str, str]) -> dict[str, Operator]:
    return {extension: Operator(name=name) for extension, name in names.items()}


@pytest.fixture
def site(database: str) -> Site:
    return Site(Storage(make_engine(database)))


def test_who_stands_in_the_files_becomes_a_person_who_always_had_the_extension(site: Site) -> None:
    assert site.sync(MORNING, _1001="赵敏", _1002="钱伟") == 2
    assert site.had("1001", LONG_AGO, NOON) == ["赵敏", "赵敏"]
    assert site.people() == ["赵敏", "钱伟"]


def test_another_name_in_the_files_is_another_person_from_then_on(site: Site) -> None:
    site.sync(MORNING, _1001="赵敏")
    assert site.sync(NOON, _1001="李雷") == 1
    assert site.had("1001", LONG_AGO, NOON - SECOND, NOON) == ["赵敏", "赵敏", "李雷"]


def test_two_who_swap_their_desks_stay_who_they_are(site: Site) -> None:
    site.sync(MORNING, _1001="赵敏", _1002="钱伟")
    site.sync(NOON, _1001="钱伟", _1002="赵敏")
    assert site.people() == ["赵敏", "钱伟"]
    assert site.had("1001", MORNING, NOON) == ["赵敏", "钱伟"]
    assert site.had("1002", MORNING, NOON) == ["钱伟", "赵敏"]


def test_an_extension_that_is_gone_is_nobodys(site: Site) -> None:
    site.sync(MORNING, _1001="赵敏")
    assert site.sync(NOON) == 1
    assert site.had("1001", MORNING, NOON) == ["赵敏", ""]
    site.sync(EVENING, _1001="赵敏")
    assert site.had("1001", MORNING, NOON, EVENING) == ["赵敏", "", "赵敏"]
    assert site.people() == ["赵敏"]


def test_an_account_that_is_given_the_extension_has_it_from_then_on(site: Site) -> None:
    site.sync(MORNING, _1001="赵敏")
    site.account("li", "李雷", "1001", NOON)
    assert site.had("1001", LONG_AGO, NOON - SECOND, NOON) == ["赵敏", "赵敏", "李雷"]
    # The files may go on calling them what they like.
    assert site.sync(EVENING, _1001="赵敏") == 0


def test_who_gets_an_account_stays_the_same_person(site: Site) -> None:
    site.sync(MORNING, _1001="赵敏")
    site.account("zhao", "赵敏", "1001", NOON)
    assert site.people() == ["赵敏"]
    assert site.had("1001", LONG_AGO, NOON) == ["赵敏", "赵敏"]


def test_from_one_account_to_another_at_noon(site: Site) -> None:
    site.account("zhao", "赵敏", "1001", MORNING)
    site.account("li", "李雷", None, MORNING)
    site.edit("zhao", "赵敏", None, NOON)
    site.edit("li", "李雷", "1001", NOON)
    assert site.had("1001", LONG_AGO, NOON - SECOND, NOON) == ["赵敏", "赵敏", "李雷"]
    with site.storage.reading() as tx:
        zhao, li = (tenures_of_account(tx, user_id, extension) for user_id, extension in ((1, None), (2, "1001")))
    assert [(each.extension, each.since, each.until) for each in zhao] == [("1001", None, NOON)]
    assert [(each.extension, each.since, each.until) for each in li] == [("1001", NOON, None)]


def test_who_lost_the_extension_in_their_account_does_not_get_it_back_by_their_name(site: Site) -> None:
    site.sync(MORNING, _1001="赵敏")
    site.account("zhao", "赵敏", "1001", MORNING)
    site.edit("zhao", "赵敏", None, NOON)
    assert site.had("1001", NOON) == [""]
    site.sync(EVENING, _1001="赵敏")
    assert site.people() == ["赵敏", "赵敏"]
    with site.storage.reading() as tx:
        assert [each.until for each in tenures_of_account(tx, 1, None)] == [NOON]


def test_name_and_leave_of_an_account_are_the_persons(site: Site) -> None:
    site.account("zhao", "赵敏", None, MORNING)
    site.edit("zhao", "赵小敏", None, NOON)
    set_active(site.storage, "zhao", False, EVENING, "test")
    with site.storage.reading() as tx:
        (person,) = StaffStore(tx).all(active_only=False)
    assert (person.name, person.active, person.user_id, person.updated_by) == ("赵小敏", False, 1, "test")


def test_an_accounts_extension_that_nothing_is_known_of_is_theirs(site: Site) -> None:
    site.account("zhao", "赵敏", None, MORNING)
    with site.storage.reading() as tx:
        (found,) = tenures_of_account(tx, 1, "1002")
    assert (found.extension, found.since, found.until) == ("1002", None, None)
    site.sync(MORNING, _1001="钱伟")
    site.sync(NOON)
    with site.storage.reading() as tx:
        assert [each.since for each in tenures_of_account(tx, 1, "1001")] == [NOON]
