"""The parts of the push by themselves: places with a bound, heartbeats, numbers of readers, what is done beside."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.dialling.dial import Dial
from hotline.domain.errors import StorageError
from hotline.domain.numbers import Number
from hotline.domain.operators.push import Reader
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor, Role
from hotline.services.dialling.told import tell as tell_dial
from hotline.services.operators import news as news_module
from hotline.services.operators.news import NewsSource
from hotline.settings import Home, Settings, load_settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from hotline.web.held import line
from hotline.web.push.care import Care
from hotline.web.push.hub import Hub, Popped, PushUnavailable
from hotline.web.push.service import Push, most_streams
from hotline.web.push.stream import Stream
from hotline.web.push.subscriber import Subscriber
from tests.support.instance import StandingClock, at
from tests.support.live_calls import ringing, waiting
from tests.support.rig import wait_until
from tests.support.sse import Parser
from tests.support.turns import TurnsStorage

NOW = at("2026-11-16 10:30:00")
ZHAO = Reader(Actor("zhao", (Role.OPERATOR,), "赵敏", 1, "1001"))
SUN = Reader(Actor("sun", (Role.SUPERVISOR,), "孙丽", 2, None), None, floor=True)


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = Home(tmp_path_factory.mktemp("push") / "home")
    home.create()
    home.settings_file.write_text('[operators.1001]\nname = "赵敏"\n[web]\nstreams_each = 2\n', "utf-8")
    return load_settings(home, environment={})


@contextmanager
def connected() -> Iterator[tuple[socket.socket, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        theirs = socket.create_connection(server.getsockname())
        ours, _address = server.accept()
        with closing(ours), closing(theirs):
            yield ours, theirs


def tell(storage: Storage, *payloads: dict[str, object], topic: str = "form") -> None:
    with storage.writing() as tx:
        Outbox(tx).add([OutboxEntry(topic, payload, NOW) for payload in payloads])


def test_what_is_put_is_taken_in_order_and_the_end_comes_last() -> None:
    with closing(Subscriber(ZHAO)) as place:
        assert place.put(b"1") and place.put(b"2")
        place.finish()
        assert not place.put(b"3")
        assert place.take(0) == [b"1", b"2"]
        assert place.take(0) is None


def test_waiting_ends_with_the_first_word_from_another_thread() -> None:
    with closing(Subscriber(ZHAO)) as place:
        threading.Timer(0.05, place.put, [b"x"]).start()
        assert place.take(30) == [b"x"] and place.idle()


def test_who_does_not_keep_up_loses_the_place_and_the_connection() -> None:
    with connected() as (ours, theirs), closing(Subscriber(ZHAO, limit=3)) as place:
        place.carried(ours, lambda: None)
        assert [place.put(b"x") for _ in range(5)] == [True, True, True, False, False]
        assert place.take(0) is None
        assert theirs.recv(1) == b""


def test_a_closed_place_takes_nothing_and_harms_nobody() -> None:
    place = Subscriber(ZHAO)
    place.close()
    place.close()
    assert not place.put(b"x")
    place.finish()
    place.cut()


def test_silence_is_broken_by_heartbeats_from_which_one_can_resume(
    storage: Storage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "HEARTBEAT", 0.01)
    push = Push(NewsSource(storage, lambda: settings), StandingClock(NOW))
    stream = push.open(ZHAO, None)
    try:
        parser, pieces = Parser(), iter(stream)
        hello = parser.feed(stream.greeting())[0]
        assert (hello.name, hello.data["resumed"]) == ("hello", False)
        assert hello.data["server_time"] == "2026-11-16T02:30:00Z"
        tell(storage, {"form_id": 1, "owner": "1002"}, {"form_id": 2, "owner": "1002"})
        wait_until(lambda: push.hub.position == 2, "the others' news to be read")
        while parser.last_id != 2:
            assert parser.feed(next(pieces)) == []
    finally:
        stream.close()
        push.close()


def test_a_stopping_server_ends_streams_and_begins_none(storage: Storage, settings: Settings) -> None:
    push = Push(NewsSource(storage, lambda: settings), StandingClock(NOW))
    stream = push.open(ZHAO, None)
    push.close()
    assert list(stream) == [] and push.stopping.is_set()
    stream.close()
    with pytest.raises(PushUnavailable):
        push.open(ZHAO, None)


def test_the_oldest_of_one_person_goes_and_nobody_elses(storage: Storage, settings: Settings) -> None:
    push = Push(NewsSource(storage, lambda: settings), StandingClock(NOW))  # two streams each
    suns = push.open(SUN, None)
    oldest, second, newest = (push.open(ZHAO, None) for _ in range(3))
    told = Parser()
    assert [event.name for event in told.feed(b"".join(oldest))] == ["crowded"]
    tell(storage, {"form_id": 1, "owner": "1001"})
    push.hub.tell_news(NOW)
    for stream in (second, newest, suns):
        assert [event.name for event in Parser().feed(b"".join(stream.outlet.take() or []))] == ["form"]
    assert len(push.hub) == 3
    for each in (oldest, second, newest, suns):
        each.close()
        each.close()
    assert len(push.hub) == 0
    push.close()


def test_streams_leave_open_files_for_everything_else(storage: Storage, settings: Settings) -> None:
    assert (most_streams(20_000), most_streams(600), most_streams(100)) == (19_488, 88, 16)
    assert most_streams(-1) > 100_000  # no bound
    hub, places = Hub(NewsSource(storage, lambda: settings), 2), [Subscriber(ZHAO), Subscriber(SUN), Subscriber(SUN)]
    for place in places[:2]:
        hub.join(place)
    with pytest.raises(PushUnavailable):
        hub.join(places[2])
    hub.leave(places[0])
    hub.join(places[2])


def test_an_entry_that_nobody_understands_silences_no_other(
    storage: Storage, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    hub = Hub(NewsSource(storage, lambda: settings), 10)
    place = Subscriber(ZHAO)
    hub.join(place)
    tell(storage, {"extension": "1001"}, {"extension": None}, {}, topic="operator")
    tell(storage, {"id": "?"}, {"id": 999}, {}, topic="call")
    tell(storage, {"x": "<script>\u2028\n"}, topic="unheard-of")
    tell(storage, {"form_id": 1, "owner": "1001", "x": "\u2028\n\n"})
    hub.tell_news(NOW)
    parser = Parser()
    events = parser.feed(b"".join(place.take(0) or []))
    assert [event.name for event in events] == ["operator", "form"]
    assert events[1].data["x"] == "\u2028\n\n"
    place.close()


def test_many_changes_of_one_call_are_told_once_as_it_is_now(storage: Storage, settings: Settings) -> None:
    hub, place = Hub(NewsSource(storage, lambda: settings), 10), Subscriber(ZHAO)
    hub.join(place)
    call = ringing(waiting("node1-1.1"), "1001")
    with storage.writing() as tx:
        CallStore(tx).save([call], NOW)
    tell(storage, *[{"id": 1, "node": "node1", "linkedid": "node1-1.1"}] * 5, topic="call")
    assert hub.tell_news(NOW) == [Popped("zhao", 1)]
    tell(storage, {"id": 1, "node": "node1", "linkedid": "node1-1.1"}, topic="call")
    assert hub.tell_news(NOW) == []
    events = Parser().feed(b"".join(place.take(0) or []))
    assert [(event.id, event.data["mine"]) for event in events] == [(5, "ringing")]
    place.close()


def test_how_far_a_dial_has_come_is_told_to_whoever_dialled_and_to_nobody_else(
    storage: Storage, settings: Settings
) -> None:
    hub = Hub(NewsSource(storage, lambda: settings), 10)
    after_zhao = Reader(Actor("qian", (Role.OPERATOR,), "钱伟", 3, "1001"))
    places = [Subscriber(each) for each in (ZHAO, after_zhao, SUN)]
    for place in places:
        hub.join(place)
    with storage.writing() as tx:
        made = Dial("node1", "node1-1.d", "zhao", "1001", Number("+8613912345678"), "main", "", 0, "回电", NOW)
        begun = DialStore(tx).add(made)
        tell_dial(tx, begun, NOW)
        DialStore(tx).note(begun.id or 0, NOW, None)
        tell_dial(tx, begun, NOW)
    hub.tell_news(NOW)
    told = [Parser().feed(b"".join(place.take(0) or [])) for place in places]
    assert [(each.name, each.data["state"], each.data["number"]) for each in told[0]] == [
        ("dial", "customer_rings", "139****5678")
    ]
    assert told[1:] == [[], []]
    for place in places:
        place.close()


def test_what_was_missed_is_exact_or_not_to_be_had(storage: Storage, settings: Settings) -> None:
    tell(storage, *({"form_id": n, "owner": "1001"} for n in range(10)))
    with NewsSource(storage, lambda: settings).snapshot() as news:
        assert [entry.id for entry in news.missed(3, 7) or []] == [4, 5, 6, 7]
        assert news.missed(10, 10) == [] and news.missed(11, 10) is None
    with storage.writing() as tx:
        Outbox(tx).trim(NOW + timedelta(days=1))
    tell(storage, {"form_id": 11, "owner": "1001"})
    with NewsSource(storage, lambda: settings).snapshot() as news:
        assert [entry.id for entry in news.missed(10, 11) or []] == [11]
        assert news.missed(9, 11) is None


def test_whoever_missed_too_much_loads_anew(
    storage: Storage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news_module, "REPLAY", 20)
    monkeypatch.setattr(news_module, "BATCH", 7)
    tell(storage, *({"form_id": n, "owner": "1001"} for n in range(40)))
    with NewsSource(storage, lambda: settings).snapshot() as news:
        assert news.missed(0, 40) is None
        assert len(news.missed(20, 40) or []) == 20


def test_f8_who_comes_back_is_told_without_the_write_lock_and_noted_afterwards(
    tmp_path: Path, settings: Settings
) -> None:
    storage = TurnsStorage(tmp_path)
    source = NewsSource(storage, lambda: settings)
    with storage.writing() as tx:
        CallStore(tx).save([ringing(waiting("node1-1.1"), "1001")], NOW)
    tell(storage, {"id": 1, "node": "node1", "linkedid": "node1-1.1"}, topic="call")
    with storage.held() as turns:
        stream = Stream(Hub(source, 10), source, StandingClock(NOW), Subscriber(ZHAO), 0)
    assert [event.name for event in Parser().feed(stream.opening())] == ["call"]
    noted = [turn.by.rpartition(".")[2] for turn in turns if turn.writes]
    assert noted == ["note_pops"] and turns[-1].writes and not turns[-1].within_reading
    stream.close()
    storage.close()


class Refusing:
    """A storage that is away for its first writes."""

    def __init__(self, storage: Storage, times: int) -> None:
        self._storage, self.left = storage, times

    def __getattr__(self, name: str) -> object:
        return getattr(self._storage, name)

    def writing(self):  # type: ignore[no-untyped-def]
        if self.left:
            self.left -= 1
            raise StorageError("away")
        return self._storage.writing()


def test_a_pop_is_audited_when_the_database_is_back(storage: Storage, settings: Settings) -> None:
    """F8"""
    refusing = Refusing(storage, 2)
    hub = Hub(NewsSource(storage, lambda: settings), 10)
    care = Care(hub, NewsSource(refusing, lambda: settings), StandingClock(NOW))  # type: ignore[arg-type]
    care.start()
    care.popped([Popped("zhao", 1)])

    def noted() -> list[object]:
        with storage.reading() as tx:
            return [entry["who"] for entry in AuditLog(tx).latest(5)]

    wait_until(noted, "the entry")
    care.stop()
    assert noted() == ["zhao"] and refusing.left == 0


def test_a_console_is_noted_as_seen_at_most_every_ten_seconds(storage: Storage, settings: Settings) -> None:
    clock = StandingClock(NOW)
    hub, place = Hub(NewsSource(storage, lambda: settings), 10), Subscriber(ZHAO)
    care = Care(hub, NewsSource(storage, lambda: settings), clock)
    hub.join(place)

    def seen_at() -> object:
        with storage.reading() as tx:
            presence = PresenceStore(tx).get("1001")
        return presence and presence.console_seen_at

    care.look(100)
    assert seen_at() == NOW
    clock.advance(seconds=5)
    care.look(105)
    assert seen_at() == NOW
    clock.advance(seconds=5)
    care.look(110)
    assert seen_at() == clock()
    hub.leave(place)
    clock.advance(seconds=60)
    care.look(170)
    assert seen_at() == NOW + timedelta(seconds=10)
