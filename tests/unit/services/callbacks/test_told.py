"""A9: whoever has a callback is told before it is due and when it is over; each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.services.callbacks.callbacks import hand_back, take_callback
from hotline.services.callbacks.clock import keep_clocks
from hotline.services.deadlines.sweep import sweep
from hotline.storage.accounts.users import UserStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.transaction import Storage
from tests.support.examination import a_person
from tests.support.instance import an_instance, at
from tests.support.leaders import away, person_of

#: A Monday, in working hours.
NOW = at("2026-11-16 10:00:00")
DUE = NOW + timedelta(minutes=30)
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", extension="1001")


@pytest.fixture
def site(tmp_path: Path, storage: Storage) -> Hotline:
    hotline = an_instance(tmp_path, NOW, storage=storage)
    for name, role in (("zhao", Role.OPERATOR), ("qian", Role.OPERATOR), ("li", Role.SUPERVISOR)):
        a_person(hotline, name, role)
        person_of(storage, name)
    return hotline


def owe(site: Hotline, opened_by: str = "") -> int:
    reason = CallbackReason.PROMISED if opened_by else CallbackReason.MISSED
    number = Number("+8613900000001")
    owed = Callback("node1", "c1", "main", number, reason, NOW, DUE, opened_by=opened_by, owed_from=NOW)
    with site.storage.writing() as tx:
        callback_id = CallbackStore(tx).open(owed)
        assert callback_id is not None
        keep_clocks(tx, site.settings, [callback_id], NOW)
    return callback_id


def told(site: Hotline, username: str) -> list[tuple[str, str]]:
    """Kind and object, oldest first."""
    person = person_of(site.storage, username)
    with site.storage.reading() as tx:
        return [(each.kind, each.object) for each in reversed(NotificationStore(tx).of_person(person, limit=100))]


def both(callback_id: int) -> list[tuple[str, str]]:
    return [("deadline_near", f"callback:{callback_id}"), ("deadline_over", f"callback:{callback_id}")]


def sweep_all(site: Hotline) -> None:
    """Up to its end, and after it."""
    near = DUE - site.settings.deadlines.warn_before("callback")
    for moment in (near - timedelta(seconds=1), near, near, DUE, DUE, DUE + timedelta(hours=1)):
        sweep(site.storage, site.settings, moment)


def test_a9_whoever_has_taken_it_is_told(site: Hotline) -> None:
    callback_id = owe(site)
    take_callback(site.storage, callback_id, ZHAO, NOW)
    sweep_all(site)
    assert told(site, "zhao") == both(callback_id)
    assert told(site, "qian") == told(site, "li") == []


def test_a9_one_that_nobody_has_taken_is_the_supervisors(site: Hotline) -> None:
    callback_id = owe(site)
    take_callback(site.storage, callback_id, ZHAO, NOW)
    hand_back(site.storage, callback_id, ZHAO, NOW)
    sweep_all(site)
    assert told(site, "li") == both(callback_id)
    assert told(site, "zhao") == []


def test_b6_one_that_somebody_promised_is_theirs_until_another_takes_it(site: Hotline) -> None:
    callback_id = owe(site, opened_by="qian")
    near = DUE - site.settings.deadlines.warn_before("callback")
    sweep(site.storage, site.settings, near)
    assert told(site, "qian") == both(callback_id)[:1]
    take_callback(site.storage, callback_id, ZHAO, near)
    sweep(site.storage, site.settings, DUE)
    assert (told(site, "qian"), told(site, "zhao")) == (both(callback_id)[:1], both(callback_id)[1:])


def test_a9_who_acts_for_whoever_has_it_is_told(site: Hotline) -> None:
    callback_id = owe(site)
    take_callback(site.storage, callback_id, ZHAO, NOW)
    away(site.storage, "zhao", NOW, NOW + timedelta(hours=9), deputy="qian")
    sweep_all(site)
    assert told(site, "qian") == both(callback_id)


@pytest.mark.parametrize("changed", [{"active": False}, {"expires_at": NOW}])
def test_a9_one_of_somebody_who_cannot_enter_any_more_is_the_supervisors(
    site: Hotline, changed: dict[str, object]
) -> None:
    callback_id = owe(site)
    take_callback(site.storage, callback_id, ZHAO, NOW)
    with site.storage.writing() as tx:
        user = UserStore(tx).by_username("zhao")
        assert user is not None
        UserStore(tx).update(replace(user, **changed))  # type: ignore[arg-type]
    sweep_all(site)
    assert (told(site, "li"), told(site, "zhao")) == (both(callback_id), [])
