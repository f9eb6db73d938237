"""What a call counts for, by who called: decided for each place in docs/decisions (calls that we dial)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.callback import may_owe
from hotline.domain.calls.call import Call, Caller, Direction
from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.customers.history import HistoryKind
from hotline.domain.dialling.figures import DialledFigures
from hotline.domain.floor.figures import counts_as
from hotline.domain.forms.form import owner_of
from hotline.domain.numbers import Number
from hotline.domain.operators.presence_projection import doing_of
from hotline.domain.operators.push import operators_of, share_of
from hotline.services.calls.ledger import record
from hotline.services.floor.floor import DayBook, calls_now
from hotline.services.quality.measuring import measure_call
from hotline.storage.calls.dialled_figures import DialledFigureStore
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.engine import make_engine
from hotline.storage.examination.plans import SampleStore
from hotline.storage.operators.callers import CallerStore
from hotline.storage.retention.store_checks import StoreCheckStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance
from tests.support.sample_calls import (
    MONDAY_TEN,
    abandoned_call,
    answered_call,
    dialled_call,
    talking_call,
    unanswered_dial,
)

NOW = MONDAY_TEN + timedelta(hours=1)
NUMBER = Number("+8613800138000")
DAY = timedelta(days=1)

#: Each direction with a talk of 1002 on it.
BY_DIRECTION = {
    Direction.INBOUND: answered_call("in"),
    Direction.DIALLED: dialled_call(),
    Direction.INTERNAL: dataclasses.replace(
        answered_call("internal"), direction=Direction.INTERNAL, caller=Caller(NUMBER, "1003")
    ),
    Direction.OUTBOUND: dataclasses.replace(answered_call("out"), direction=Direction.OUTBOUND),
    Direction.LINE_TEST: dataclasses.replace(answered_call("test"), direction=Direction.LINE_TEST),
    Direction.TEST: dataclasses.replace(answered_call("trial"), direction=Direction.TEST),
}
WITH_CUSTOMER = {Direction.INBOUND, Direction.DIALLED}


@pytest.fixture
def hotline(tmp_path: Path, database: str) -> Hotline:
    return dataclasses.replace(an_instance(tmp_path, NOW), storage=Storage(make_engine(database)))


def keep(hotline: Hotline, *calls: Call) -> list[StoredCall]:
    for call in calls:
        record(hotline.storage, call.node, [call], [], lambda _call: None, NOW)
    with hotline.storage.reading() as tx:
        found = [CallStore(tx).by_id(CallStore(tx).id_of(call.node, call.linkedid) or 0) for call in calls]
    return [each for each in found if each is not None]


def holding(asked: Callable[[Call], object]) -> set[Direction]:
    return {direction for direction, call in BY_DIRECTION.items() if asked(call)}


def test_a_customer_is_at_the_other_end_whichever_of_the_two_called() -> None:
    assert holding(lambda call: call.is_with_customer) == WITH_CUSTOMER


def test_a8_a11_g4_g5_the_figures_of_the_floor_are_of_who_called_us_alone() -> None:
    assert holding(counts_as) == {Direction.INBOUND}
    assert counts_as(unanswered_dial()) is None


def test_a9_nobody_is_owed_a_callback_because_they_did_not_answer_ours() -> None:
    abandoned = {each: dataclasses.replace(abandoned_call(), direction=each) for each in Direction}
    assert {each for each, call in abandoned.items() if may_owe(call)} == {Direction.INBOUND}
    assert not may_owe(unanswered_dial())


def test_b1_what_was_talked_with_a_customer_is_written_up_and_a_try_is_not() -> None:
    assert holding(owner_of) == WITH_CUSTOMER
    owner = owner_of(dialled_call())
    assert owner is not None and owner.id == "1002"
    assert owner_of(unanswered_dial()) is None


def test_f8_the_operators_of_a_call_with_a_customer_or_who_plays_one_are_told_of_it() -> None:
    assert holding(operators_of) == WITH_CUSTOMER | {Direction.TEST}
    assert operators_of(dialled_call()) == {"1002"}, "the customer's phone is nobody's of ours"
    assert share_of(dialled_call(), "1002") is not None


def test_an_operator_who_talks_with_a_customer_has_to_wrap_up() -> None:
    live = dataclasses.replace(
        dialled_call(),
        ended_at=None,
        outcome=None,
        hang_up=None,
        talks=tuple(dataclasses.replace(talk, ended_at=None) for talk in dialled_call().talks),
    )
    assert doing_of(live)["1002"].with_customer


@pytest.mark.parametrize("direction", list(BY_DIRECTION))
def test_c1_to_c14_what_is_measured(hotline: Hotline, direction: Direction) -> None:
    [stored] = keep(hotline, BY_DIRECTION[direction])
    with hotline.storage.writing() as tx:
        found = {each.finding.rule for each in measure_call(tx, hotline.settings, stored, None, NOW)}
    assert bool(found) is (direction in WITH_CUSTOMER)
    assert ("A8" in found) is (direction is Direction.INBOUND)
    assert ("C8" in found) is (direction in WITH_CUSTOMER)


def test_e6_calls_with_customers_are_drawn(hotline: Hotline) -> None:
    keep(hotline, *BY_DIRECTION.values(), unanswered_dial())
    with hotline.storage.reading() as tx:
        drawn = {each.linkedid for each in SampleStore(tx).candidates(MONDAY_TEN - DAY, NOW)}
    assert drawn == {BY_DIRECTION[each].linkedid for each in WITH_CUSTOMER}


def test_e2_a_talk_with_a_customer_without_a_recording_is_missed(hotline: Hotline) -> None:
    calls = [dataclasses.replace(call, recordings=()) for call in BY_DIRECTION.values()]
    keep(hotline, *calls, unanswered_dial())
    with hotline.storage.reading() as tx:
        count, found = StoreCheckStore(tx).calls_without_recording("node1", MONDAY_TEN - DAY, NOW)
        assert StoreCheckStore(tx).calls_without_recording("node2", MONDAY_TEN - DAY, NOW) == (0, [])
    assert count == len(WITH_CUSTOMER)
    assert {each.what for each in found} == {f"node1/{BY_DIRECTION[each].linkedid}" for each in WITH_CUSTOMER}


def test_the_customers_history_has_what_they_called_and_what_we_did(hotline: Hotline) -> None:
    stored = keep(hotline, *BY_DIRECTION.values(), unanswered_dial())
    tried = next(each.id for each in stored if each.call.outcome is not None and not each.call.talks)
    with hotline.storage.writing() as tx:
        person = CustomerStore(tx).add(a_customer())
        page = CustomerStore(tx).history(person, (HistoryKind.CALL,), 9)
        calls = {entry.call_id for entry in page.entries}
    of_customer = {each.id for each in stored if each.call.direction in WITH_CUSTOMER}
    assert tried in of_customer and calls == of_customer


def test_a_customer_called_last_when_they_called(hotline: Hotline) -> None:
    keep(hotline, answered_call("in", MONDAY_TEN - DAY), dialled_call())
    with hotline.storage.writing() as tx:
        person = CustomerStore(tx).add(a_customer())
        assert CustomerStore(tx).last_calls([person]) == {person.id: MONDAY_TEN - DAY}


@pytest.mark.parametrize("direction", list(BY_DIRECTION))
def test_b7_whoever_talked_with_them_last_has_them_next(hotline: Hotline, direction: Direction) -> None:
    call = BY_DIRECTION[direction]
    keep(hotline, call)
    with hotline.storage.reading() as tx:
        found = CallerStore(tx).last_talk(NUMBER, MONDAY_TEN - DAY, NOW)
        routed = CallStore(tx).last_talk(NUMBER, MONDAY_TEN - DAY)
    assert (found is not None, routed is not None) == (direction in WITH_CUSTOMER,) * 2


def test_b7_a_try_is_no_talk(hotline: Hotline) -> None:
    keep(hotline, unanswered_dial())
    with hotline.storage.reading() as tx:
        assert CallerStore(tx).last_talk(NUMBER, MONDAY_TEN - DAY, NOW) is None


def test_a4_what_we_dial_says_nothing_of_whether_the_line_can_be_reached(hotline: Hotline) -> None:
    keep(hotline, answered_call("in", MONDAY_TEN - DAY), dialled_call())
    with hotline.storage.reading() as tx:
        assert CallStore(tx).last_arrival("main") == MONDAY_TEN - DAY


def test_the_floor_shows_who_talks_with_a_customer(hotline: Hotline) -> None:
    live = {
        direction: dataclasses.replace(talking_call(f"live-{direction}"), direction=direction)
        for direction in BY_DIRECTION
    }
    keep(hotline, *live.values())
    with hotline.storage.reading() as tx:
        shown = calls_now(tx, hotline.settings, NOW, whole_numbers=True)
    assert {each.linkedid for each in shown} == {live[each].linkedid for each in WITH_CUSTOMER}


def test_the_ledger_shows_all_with_whom_is_outside_and_each_direction_alone(hotline: Hotline) -> None:
    keep(hotline, *BY_DIRECTION.values())
    with hotline.storage.reading() as tx:
        shown = {each.call.direction for each in CallStore(tx).search(CallFilter(), limit=9).calls}
        assert shown == {Direction.INBOUND, Direction.DIALLED, Direction.OUTBOUND}
        for direction in shown:
            [only] = CallStore(tx).search(CallFilter(directions=(direction,)), limit=9).calls
            assert only.call.direction is direction


def a_customer() -> Customer:
    return Customer(name="王芳", numbers=(CustomerNumber(NUMBER),), created_at=MONDAY_TEN, updated_at=MONDAY_TEN)


def test_what_we_dialled_has_figures_of_its_own(hotline: Hotline) -> None:
    live = dataclasses.replace(talking_call("live"), direction=Direction.DIALLED)
    with hotline.storage.reading() as tx:
        assert DialledFigureStore(tx).between(MONDAY_TEN - DAY, NOW) == DialledFigures()
    assert DialledFigures().reached_percent is None
    keep(hotline, *BY_DIRECTION.values(), unanswered_dial(), live)
    with hotline.storage.reading() as tx:
        found = DialledFigureStore(tx).between(MONDAY_TEN - DAY, NOW)
        today = DayBook(lambda: hotline.settings).today(tx, NOW)
    assert found == DialledFigures(calls=3, over=2, reached=1, talk_seconds=60.0)
    assert found.reached_percent == 50.0
    assert (today.dialled.calls, today.dialled.reached, today.dialled.talk_seconds) == (3, 1, 60.0)
    assert today.figures.incoming == 1, "the one that came in"
