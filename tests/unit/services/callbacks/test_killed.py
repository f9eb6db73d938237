"""Jobs that are killed in the middle and started twice: nothing is lost of what is owed, and nothing happens twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import DialEnd
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.numbers import Number
from hotline.services.callbacks.releasing import release_left
from hotline.services.calls.ledger import record
from hotline.services.dialling.jobs import sweep
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.engine import make_engine
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.killed import killed_at
from tests.support.pbx import RememberingPbx
from tests.support.sample_calls import unanswered_dial

TEN = at("2026-11-16 10:00:00")
LATER = TEN + timedelta(hours=2)
NUMBER = Number("+8613912345678")


@pytest.fixture
def hotline(tmp_path: Path, database: str) -> Hotline:
    """A callback is taken and left lying, and its dial was over without anybody's having heard of it."""
    storage = Storage(make_engine(database))
    hotline = an_instance(tmp_path, LATER, storage=storage)
    owed = Callback("node1", "c", "main", NUMBER, CallbackReason.MISSED, TEN, TEN + timedelta(minutes=30))
    call = replace(unanswered_dial(start=TEN, number=NUMBER), dial_end=DialEnd("BUSY", 17, 486))
    with storage.writing() as tx:
        callback_id = CallbackStore(tx).open(owed) or 0
        CallbackStore(tx).take(callback_id, "zhao", "", TEN)
        DialStore(tx).add(
            Dial("node1", call.linkedid, "zhao", "1002", NUMBER, "main", "callback", callback_id, "", call.started_at)
        )
    record(storage, "node1", [call], [], lambda _call: None, LATER)
    storage.close()
    return hotline


def happened(database: str) -> list[str]:
    """What browsers and other systems were told of callbacks."""
    storage = Storage(make_engine(database))
    with storage.reading() as tx:
        told = [str(entry.payload.get("what")) for entry in Outbox(tx).after(0, 100) if entry.topic == "callback"]
    storage.close()
    return told


def again(hotline: Hotline, database: str, work: Callable[[Storage], int]) -> list[int]:
    """Done twice more, by processes that are started after it."""
    done = []
    for _ in range(2):
        storage = Storage(make_engine(database))
        done.append(work(storage))
        storage.close()
    return done


@pytest.mark.parametrize(
    ("place", "step", "after"),
    [(CallbackTryStore, "hand_back", False), (CallbackTryStore, "hand_back", True), (AuditLog, "add", True)],
)
def test_a9_killed_while_it_hands_back_it_is_handed_back_once(
    hotline: Hotline, database: str, place: Any, step: str, after: bool
) -> None:
    def work(storage: Storage) -> int:
        return release_left(storage, hotline.settings, LATER + timedelta(days=1))

    assert work(hotline.storage) == 0, "while it is dialled"
    assert sweep(hotline.storage, hotline.settings, RememberingPbx(), LATER) == 1
    hotline.storage.close()
    killed_at(place, step, after, lambda: work(Storage(make_engine(database))))
    assert again(hotline, database, work) == [1, 0]
    assert happened(database).count("handed_back") == 1


@pytest.mark.parametrize(
    ("place", "step", "after"),
    [(DialStore, "settle", False), (DialStore, "settle", True), (CallbackTryStore, "add", True), (Outbox, "add", True)],
)
def test_a9_killed_while_it_settles_a_dial_the_try_is_noted_once(
    hotline: Hotline, database: str, place: Any, step: str, after: bool
) -> None:
    def work(storage: Storage) -> int:
        return sweep(storage, hotline.settings, RememberingPbx(), LATER)

    killed_at(place, step, after, lambda: work(Storage(make_engine(database))))
    assert again(hotline, database, work) == [1, 0]
    storage = Storage(make_engine(database))
    with storage.reading() as tx:
        [owed] = CallbackStore(tx).list()
        [made] = CallbackTryStore(tx).of([owed.id or 0])[owed.id or 0]
    storage.close()
    assert (owed.tries, made.outcome) == (1, DialOutcome.BUSY.value) and made.next_try_at is not None
    assert happened(database).count("tried") == 1


def test_a9_two_jobs_at_once_do_it_once(hotline: Hotline, database: str) -> None:
    storages = [Storage(make_engine(database)) for _ in range(2)]
    pbx, settings = RememberingPbx(), hotline.settings
    gate, done = threading.Barrier(2), list[int]()

    def work(storage: Storage) -> None:
        gate.wait()
        done.append(sweep(storage, settings, pbx, LATER) + release_left(storage, settings, LATER))

    threads = [threading.Thread(target=work, args=(storage,)) for storage in storages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for storage in storages:
        storage.close()
    assert happened(database).count("tried") == 1 and sum(done) >= 1
    assert happened(database).count("handed_back") <= 1
