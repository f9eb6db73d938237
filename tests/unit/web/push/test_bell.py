"""The bell's stream: one's own number of unread notifications and the end of one's session, and nothing else."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from hotline.domain.operators.push import Reader
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Person
from hotline.services.notifications.notification_kinds import TEST
from hotline.services.notifications.notify import notify
from hotline.services.operators.news import NewsSource
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from hotline.web.push.care import SEEN_EVERY, Care
from hotline.web.push.hub import Hub
from hotline.web.push.subscriber import Subscriber
from tests.support.instance import StandingClock, an_instance, at
from tests.support.live_calls import ringing, waiting
from tests.support.sse import Event, Parser

NOW = at("2026-11-16 10:30:00")
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", 1, "1001")
HIS = Reader(Actor("qian", (Role.EXAMINER,), "钱伟", 2, None), None, bell=True)
BELL, CONSOLE = Reader(ZHAO, 7, bell=True), Reader(ZHAO, 7)


@pytest.fixture
def settings(tmp_path: Path, storage: Storage) -> Settings:
    return an_instance(tmp_path, NOW, '[operators.1001]\nname = "赵敏"\n', storage).settings


def _told(hub: Hub, place: Subscriber) -> list[Event]:
    hub.tell_news(NOW)
    taken = place.take(0)
    return Parser().feed(b"".join(taken or []))


def _tell(storage: Storage, user_id: int, count: int) -> None:
    with storage.writing() as tx:
        found = StaffStore(tx).person_of_user(user_id)
        person = found or StaffStore(tx).add_person(Person(f"P{user_id}", user_id=user_id))
        for _ in range(count):
            notify(tx, [person.id or 0], TEST, "", NOW, by="x")


def test_each_is_told_their_own_number_once_for_all_that_came(storage: Storage, settings: Settings) -> None:
    hub = Hub(NewsSource(storage, lambda: settings), 100)
    with closing(Subscriber(BELL)) as hers, closing(Subscriber(HIS)) as his, closing(Subscriber(CONSOLE)) as console:
        for place in (hers, his, console):
            hub.join(place)
        _tell(storage, 1, 3)
        _tell(storage, 2, 1)
        [event] = _told(hub, hers)
        assert (event.name, event.data) == ("bell", {"unread": 3})
        assert [(each.name, each.data) for each in _told(hub, his)] == [("bell", {"unread": 1})]
        assert _told(hub, console) == []


def test_a_bell_is_no_console(storage: Storage, settings: Settings) -> None:
    """It is told no call, brings no pop, and keeps nobody signed in at their phone."""
    source = NewsSource(storage, lambda: settings)
    hub = Hub(source, 100)
    with closing(Subscriber(BELL)) as place:
        hub.join(place)
        with storage.writing() as tx:
            CallStore(tx).save([ringing(waiting("node1-1.1"), "1001")], NOW)
            call_id = CallStore(tx).id_of("node1", "node1-1.1")
            topics = (
                ("call", {"id": call_id}),
                ("line", {"open": None, "until": None}),
                ("operator", {"extension": "1001"}),
            )
            Outbox(tx).add([OutboxEntry(topic, payload, NOW) for topic, payload in topics])
        assert hub.tell_news(NOW) == []
        assert place.take(0) == []
        Care(hub, source, StandingClock(NOW)).look(SEEN_EVERY)
        with storage.reading() as tx:
            state = PresenceStore(tx).get("1001")
        assert state is None or state.console_seen_at is None


def test_the_end_of_the_session_ends_it(storage: Storage, settings: Settings) -> None:
    hub = Hub(NewsSource(storage, lambda: settings), 100)
    with closing(Subscriber(BELL)) as place:
        hub.join(place)
        with storage.writing() as tx:
            Outbox(tx).add([OutboxEntry("session", {"session_id": 7, "why": "signed out"}, NOW)])
        hub.tell_news(NOW)
        [event] = Parser().feed(b"".join(place.take(0) or []))
        assert event.name == "session" and place.take(0) is None
