"""Processes that are killed on the way, and two that do the same: nothing is sent twice, nothing lost unseen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from hotline.domain.notifications.notification import TAKEN, DeliveryState, Outcome
from hotline.services.notifications.lanes import Lanes
from hotline.services.notifications.notification_kinds import TEST
from hotline.services.notifications.notify import notify
from hotline.services.notifications.sending import Sending
from hotline.services.notifications.spreading import spread
from hotline.storage.notifications.deliveries import DeliveryStore
from tests.support.gateways import robots
from tests.support.killed import killed_at
from tests.support.notified import Scripted, Told


def _tell(told: Told, *persons: int) -> None:
    with told.storage.writing() as tx:
        notify(tx, persons, TEST, "", told.now, by="somebody")


@pytest.mark.parametrize(
    ("place", "step", "after", "arrived", "then", "in_the_end"),
    [
        # Before it was claimed: it is as if nothing had happened.
        (DeliveryStore, "claim", False, 0, DeliveryState.WAITING, 1),
        # Claimed, but not committed: the database takes it back.
        (DeliveryStore, "claim", True, 0, DeliveryState.WAITING, 1),
        # Claimed and not sent: nobody can tell it from the next.
        (Sending, "_send", False, 0, DeliveryState.UNSURE, 0),
        # Sent and not noted.
        (Sending, "_send", True, 1, DeliveryState.UNSURE, 1),
        (DeliveryStore, "note", True, 1, DeliveryState.UNSURE, 1),
        # Noted.
        (Sending, "_note", True, 1, DeliveryState.SENT, 1),
    ],
)
def test_killed_at(
    told: Told, place: object, step: str, after: bool, arrived: int, then: DeliveryState, in_the_end: int
) -> None:
    with robots() as gateway:
        told.robots_at(gateway)
        _tell(told, told.person("Anna", "wecombot://K1"))
        spread(told.storage, told.settings, told.now)
        told.storage.close()
        killed_at(place, step, after, told.send)
        assert len(gateway.got) == arrived
        told.clock.advance(hours=1)
        told.sending().give_up_lost(told.now)
        assert told.states() == [then]
        told.send()
        told.send()
    assert len(gateway.got) == in_the_end
    assert told.states() == [DeliveryState.SENT if then is not DeliveryState.UNSURE else DeliveryState.UNSURE]


def test_two_processes_send_each_once(told: Told) -> None:
    persons = [told.person(f"P{n}", f"wecombot://K{n}") for n in range(20)]
    _tell(told, *persons)
    spread(told.storage, told.settings, told.now)
    gateway, start = Scripted(lambda: TAKEN), Barrier(2)

    def work() -> None:
        sending = told.sending(gateway)
        start.wait()
        while sending.send_next("wecombot"):
            pass

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work) for _ in range(2)]:
            done.result()
    assert sorted(address for address, _text in gateway.sent) == sorted(f"wecombot://K{n}" for n in range(20))
    assert told.states() == [DeliveryState.SENT] * 20


def test_two_that_decide_on_the_ways_decide_once(told: Told) -> None:
    _tell(told, told.person("Anna", "wecombot://K1"))
    start = Barrier(2)

    def work() -> None:
        start.wait()
        spread(told.storage, told.settings, told.now)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work) for _ in range(2)]:
            done.result()
    assert len(told.deliveries()) == 1


def test_a_gateway_that_hangs_keeps_nobody_back(told: Told) -> None:
    """The job comes back at once, and what goes by another gateway arrives while the first one hangs."""
    hangs, arrived = Event(), Event()

    class Gateways(Scripted):
        def post(self, url: str, text: object) -> Outcome:
            if url.startswith("wecombot"):
                assert hangs.wait(60)
            else:
                arrived.set()
            return TAKEN

    _tell(told, told.person("Anna", "wecombot://K1", "feishu://F1"))
    spread(told.storage, told.settings, told.now)
    sending = told.sending(Gateways(lambda: TAKEN))
    lanes = Lanes(sending.send_next)
    assert lanes.run(sending.due(told.now)) == 2
    assert arrived.wait(60)
    assert lanes.run(["wecombot"]) == 0
    hangs.set()
    lanes.wait()
    assert told.states() == [DeliveryState.SENT] * 2
