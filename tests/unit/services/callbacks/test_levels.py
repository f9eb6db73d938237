"""A9: important customers come first, and whose talk broke off is not waited for; what levels do in the queue."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import HangUp
from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.line.routing import Arrival
from hotline.domain.numbers import Number
from hotline.services.line.routing import load_book
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage
from tests.support import sample_calls as sample
from tests.support.instance import an_instance
from tests.unit.services.callbacks.test_together import NOW, NUMBER, OTHER, TEN, callbacks, fold, lost, missed, talked

SITE = """
[customers.levels.important]
name = "重要客户"
queue_priority = 5
queue = "service"
"""


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    hotline = an_instance(tmp_path, NOW, SITE, storage)
    with storage.writing() as tx:
        numbers = (read_number(OTHER),)
        CustomerStore(tx).add(Customer(name="周总", level="important", numbers=numbers, created_at=NOW, updated_at=NOW))
    return hotline


def test_a9_an_important_customers_callback_comes_first(hotline: Hotline) -> None:
    fold(hotline, missed("a", 0), missed("b", 10, OTHER))
    assert {each.number: each.rank for each in callbacks(hotline)} == {NUMBER: 1, OTHER: 0}


def test_a9_whoever_becomes_important_comes_first_from_then_on(hotline: Hotline) -> None:
    fold(hotline, missed("a", 0), missed("b", 10, OTHER))
    with hotline.storage.writing() as tx:
        [person] = CustomerStore(tx).of_number(OTHER)
        CustomerStore(tx).update(replace(person, level="", version=2), 1)
        numbers = (read_number(NUMBER),)
        CustomerStore(tx).add(Customer(name="吴总", level="important", numbers=numbers, created_at=NOW, updated_at=NOW))
        CallbackTryStore(tx).rank_anew()
    assert {each.number: each.rank for each in callbacks(hotline)} == {NUMBER: 0, OTHER: 1}


def test_a9_a_batch_asks_for_its_customers_once(hotline: Hotline) -> None:
    """It is written in the ledger's transaction, which a caller may wait for."""
    asked: list[str] = []
    event.listen(hotline.storage.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    for count in (3, 30):
        fold(hotline, *(missed(f"{count}-{each}", each, f"+8613{count:03}{each:06}") for each in range(count)))
    assert len([each for each in asked if "FROM customer_number" in each and "level" in each]) == 2
    assert {each.rank for each in callbacks(hotline)} == {1}


def test_a9_an_important_customers_talk_that_broke_off_is_called_back_at_once(hotline: Hotline) -> None:
    call = lost(talked("a", 0, OTHER))
    for _ in range(2):
        fold(hotline, call)
    [owed] = callbacks(hotline)
    assert call.ended_at is not None
    assert (owed.owed_from, owed.due_at) == (call.ended_at, call.ended_at + timedelta(minutes=30))


def test_an_important_customer_waits_before_others_and_in_the_levels_queue(hotline: Hotline) -> None:
    def book(number: str) -> tuple[int, str]:
        arrival = Arrival("main", Number(number))
        with hotline.storage.reading() as tx:
            read = load_book(tx, hotline.settings, NOW, "main", arrival)
        return read.priority, read.own_queue

    assert (book(OTHER), book(NUMBER)) == ((5, "service"), (0, ""))


def test_a_talk_that_came_to_its_end_is_owed_nothing(hotline: Hotline) -> None:
    call = sample.answered_call("a", TEN, OTHER)
    fold(hotline, replace(call, hang_up=HangUp(sample.QIAN, call.ended_at, 16)))  # type: ignore[arg-type]
    assert callbacks(hotline) == []
