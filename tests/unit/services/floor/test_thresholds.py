"""The floor in trouble: raised as alerts while it lasts, shown on the wall, taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hotline.domain.floor.thresholds import Trouble
from hotline.domain.operators.presence import AWAY, OperatorPresence
from hotline.domain.reasons import because
from hotline.services.alerts import open_alerts, set_alert
from hotline.services.calls.ledger import record
from hotline.services.floor.floor import DayBook, calls_now, queues_now
from hotline.services.floor.thresholds import Watch, look_at
from hotline.services.floor.wallboard import wallboard
from hotline.services.line.alert_kinds import TRUNK
from hotline.services.operators.presence import operator_views
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at, clock_of
from tests.support.live_calls import ended, talking, waiting
from tests.support.sample_calls import bare_call

LIMITS = """
[floor.thresholds]
most_waiting = 2
longest_wait_seconds = 60
nobody_ready_minutes = 10
held_seconds = 20
"""


def test_trouble_is_told_while_it_lasts_and_stands_on_the_wall(tmp_path: Path, storage: Storage) -> None:
    hotline = an_instance(tmp_path, at("2026-11-16 10:00:30"), LIMITS, storage)
    book = DayBook(lambda: hotline.settings)
    watch = Watch(book)
    calls = [waiting(f"node1-1.{number}") for number in range(3)]

    def look() -> list[tuple[str, str]]:
        watch.look(storage, hotline.settings, hotline.clock())
        return [(alert.kind, alert.object) for alert in open_alerts(storage)]

    def on_the_wall() -> list[tuple[Trouble, str]]:
        shown = wallboard(storage, hotline.settings, book, hotline.clock())
        assert shown.trunks_down == []
        return [(each.kind, each.queue) for each in shown.troubles]

    def happens(*changed: object) -> None:
        record(storage, "node1", changed, [], lambda call: None, hotline.clock())  # type: ignore[arg-type]

    happens(*calls)
    assert look() == [] and on_the_wall() == []
    clock_of(hotline).advance(seconds=20)
    assert look() == [("queue_long", "service")] and on_the_wall() == [(Trouble.QUEUE_LONG, "service")]
    clock_of(hotline).advance(seconds=40)
    assert look() == [("queue_long", "service")]
    clock_of(hotline).advance(seconds=20)
    assert look() == [("queue_long", "service"), ("wait_long", "service")]
    [first, _second] = open_alerts(storage)
    happens(waiting("node1-1.9"))
    look()
    assert open_alerts(storage)[0].detail != first.detail  # four wait now
    happens(
        waiting("node1-1.9"),
        *(ended(talking(call, "1001")) for call in calls),
        ended(talking(waiting("node1-1.9"), "1001")),
    )
    look()
    clock_of(hotline).advance(seconds=20)
    assert look() == [] and on_the_wall() == []
    clock_of(hotline).advance(minutes=10)
    assert look() == [("nobody_ready", "service")]
    clock_of(hotline).now = at("2026-11-16 12:30:00")  # lunch
    look()
    clock_of(hotline).advance(seconds=20)
    assert look() == []


def test_alerts_go_by_what_the_floor_shows(tmp_path: Path, storage: Storage) -> None:
    people = "".join(f'[operators.{extension}]\nname = "{extension}"\n' for extension in ("1001", "1002", "1003"))
    hotline = an_instance(tmp_path, at("2026-11-16 10:00:30"), LIMITS + people, storage)
    settings, now = hotline.settings, hotline.clock()
    calls = [waiting("node1-1.1"), waiting("node1-1.2"), talking(waiting("node1-1.3"), "1001"), bare_call("node1-1.4")]
    record(storage, "node1", calls, [], lambda call: None, now)
    with storage.writing() as tx:
        there = OperatorPresence("1002", now, now, ("service",), reachable=True)
        away = replace(there, extension="1003", paused=True, reason=AWAY)
        PresenceStore(tx).save([there, away, replace(there, extension="9999")])  # 9999: none of the settings'
    with storage.reading() as tx:
        shown = queues_now(settings, calls_now(tx, settings, now, False), operator_views(tx, settings))
        looked = look_at(tx, settings, DayBook(lambda: settings), now).queues
    assert [(each.waiting, each.ready) for each in looked] == [(2, 1)]
    assert [(each.id, each.name, each.waiting, each.longest_wait_since, each.ready) for each in looked] == [
        (each.id, each.name, each.waiting, each.longest_wait_since, each.operators_ready) for each in shown
    ]


def test_a_trunk_that_is_down_stands_on_the_wall_while_it_is(tmp_path: Path, storage: Storage) -> None:
    hotline = an_instance(tmp_path, at("2026-11-16 10:00:30"), "", storage)
    book, now = DayBook(lambda: hotline.settings), hotline.clock()
    for down in (because("line.trunk_unreachable", host="192.0.2.7"), None):
        with storage.writing() as tx:
            set_alert(tx, TRUNK, "", down, now)
        assert wallboard(storage, hotline.settings, book, now).trunks_down == (["trunk"] if down else [])
