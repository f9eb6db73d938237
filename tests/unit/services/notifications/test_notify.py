"""Who is told of what: in the caller's transaction, each once, deputies too; nothing of callers goes along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.accounts.user import User
from hotline.domain.errors import NotFound
from hotline.domain.notifications.kind import NotificationKind
from hotline.domain.people import Role
from hotline.domain.staff.records import Absence
from hotline.services import outbox_topics as topics
from hotline.services.notifications.inbox import inbox, read_all, read_one, unread_count
from hotline.services.notifications.notify import notify
from hotline.storage.accounts.users import UserStore
from hotline.storage.outbox import Outbox
from hotline.storage.staff.spans import AbsenceStore
from tests.support.notified import Told

DO = NotificationKind("escalation", demanded=True)
KNOW = NotificationKind("test", to_do=False)


def test_each_is_told_once_and_who_is_unknown_or_gone_is_left_out(told: Told) -> None:
    anna, gone = told.person("Anna"), told.person("Gone", active=False)
    with told.storage.writing() as tx:
        assert notify(tx, [anna, anna, gone, 999], DO, "case:7", told.now, what="case 7", due_at=told.now) == 1
    [found] = told.page_of(anna)
    assert (found.kind, found.object, found.at, found.read_at) == ("escalation", "case:7", told.now, None)
    assert found.values == {"what": "case 7", "due_at": told.now}


def test_whose_account_lets_them_in_no_more_is_told_nothing(told: Told) -> None:
    """Somebody who came for a time: an auditor, a temporary operator."""
    with told.storage.writing() as tx:
        left = User("eve", "Eve", "x", (Role.AUDITOR,), False, True, told.now, expires_at=told.now + timedelta(days=1))
        user = UserStore(tx).add(left)
    eve, anna = told.person("Eve", user_id=user.id), told.person("Anna")
    with told.storage.writing() as tx:
        AbsenceStore(tx).add(Absence(anna, told.now, told.now + timedelta(days=9), eve))
        assert notify(tx, [eve], KNOW, "", told.now) == 1
        assert notify(tx, [anna], DO, "case:7", told.now) == 2
        told.clock.advance(days=1)
        assert notify(tx, [eve], KNOW, "", told.now) == 0
        assert notify(tx, [anna], DO, "case:8", told.now) == 1
    assert [each.object for each in told.page_of(eve)] == ["", "case:7"]


def test_what_is_rolled_back_was_never_told(told: Told) -> None:
    anna = told.person("Anna", user_id=4)
    with pytest.raises(RuntimeError), told.storage.writing() as tx:
        notify(tx, [anna], DO, "case:7", told.now)
        raise RuntimeError
    assert told.page_of(anna) == []
    with told.storage.reading() as tx:
        assert Outbox(tx).after(0, 10) == []


def test_the_same_is_not_told_twice(told: Told) -> None:
    anna, ben = told.person("Anna"), told.person("Ben")
    with told.storage.writing() as tx:
        assert notify(tx, [anna], DO, "case:7", told.now, once="case:7:late") == 1
    with told.storage.writing() as tx:
        assert notify(tx, [anna, ben], DO, "case:7", told.now, once="case:7:late") == 1
        assert notify(tx, [anna], DO, "case:7", told.now) == 1
    assert (len(told.page_of(anna)), len(told.page_of(ben))) == (2, 1)


def test_who_is_away_and_their_deputy_are_told_what_is_to_be_done(told: Told) -> None:
    anna, ben, cem = told.person("Anna"), told.person("Ben"), told.person("Cem")
    with told.storage.writing() as tx:
        AbsenceStore(tx).add(Absence(anna, told.now - timedelta(days=1), told.now + timedelta(days=1), ben))
        notify(tx, [anna], DO, "case:7", told.now)
        notify(tx, [anna], KNOW, "", told.now)
        notify(tx, [anna, ben], DO, "case:8", told.now)
    assert [(each.object, each.deputy_for) for each in told.page_of(ben)] == [("case:7", anna), ("case:8", None)]
    assert [each.object for each in told.page_of(anna)] == ["case:7", "", "case:8"]
    assert told.page_of(cem) == []
    told.clock.advance(days=2)
    with told.storage.writing() as tx:
        notify(tx, [anna], DO, "case:9", told.now)
    assert len(told.page_of(ben)) == 2


@pytest.mark.parametrize("private", ["number", "name", "text", "got", "person"])
def test_what_may_tell_of_a_caller_is_refused(told: Told, private: str) -> None:
    anna = told.person("Anna")
    with pytest.raises(ValueError, match=private), told.storage.writing() as tx:
        notify(tx, [anna], DO, "case:7", told.now, **{private: "13800138000"})


def test_the_bell_is_told_of_each_change_and_of_nothing_else(told: Told) -> None:
    anna = told.person("Anna", user_id=4)
    told.person("Ben")
    with told.storage.writing() as tx:
        notify(tx, [anna], DO, "case:7", told.now)
        notify(tx, [anna], DO, "case:8", told.now)
    assert unread_count(told.storage, 4) == 2
    first, second = (each.id or 0 for each in told.page_of(anna))
    read_one(told.storage, 4, first, told.now)
    read_one(told.storage, 4, first, told.now)
    assert unread_count(told.storage, 4) == 1
    assert read_all(told.storage, 4, first, told.now) == 0
    assert read_all(told.storage, 4, second, told.now) == 1
    with told.storage.reading() as tx:
        entries = Outbox(tx).after(0, 10)
    assert [(each.topic, each.payload) for each in entries] == [(topics.NOTIFICATION, {"user_id": 4})] * 4


def test_nobody_reads_what_is_anothers(told: Told) -> None:
    anna = told.person("Anna", user_id=4)
    told.person("Ben", user_id=5)
    with told.storage.writing() as tx:
        notify(tx, [anna], DO, "case:7", told.now)
    [found] = told.page_of(anna)
    with pytest.raises(NotFound):
        read_one(told.storage, 5, found.id or 0, told.now)
    assert read_all(told.storage, 5, 1000, told.now) == 0
    assert unread_count(told.storage, 4) == 1
    assert list(inbox(told.storage, 5, "", unread=False, limit=10, offset=0).shown) == []


def test_an_account_that_is_no_persons_has_an_empty_page(told: Told) -> None:
    assert inbox(told.storage, 77, "", unread=False, limit=10, offset=0).unread == 0
    assert unread_count(told.storage, 77) == 0
