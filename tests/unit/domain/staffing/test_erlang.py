"""Erlang A: our own formula against a birth–death sum, against another's library, and at its edges."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyqueueing import ErlangA

from hotline.domain.staffing.erlang import Demand, people_needed, service, with_shrinkage


def birth_death(demand: Demand, people: int, most: int = 3000) -> tuple[float, float]:
    """P(wait), P(abandon), added up state by state."""
    arrive, serve, leave = demand.calls / 1800, 1 / demand.handle_seconds, 1 / demand.patience_seconds
    logs = [0.0]
    for busy in range(1, most):
        logs.append(logs[-1] + math.log(arrive / (min(busy, people) * serve + max(busy - people, 0) * leave)))
    top = max(logs)
    weights = [math.exp(each - top) for each in logs]
    total = sum(weights)
    waits = sum(weights[people:]) / total
    queue = sum((busy - people) * weights[busy] for busy in range(people, most)) / total
    return waits, leave * queue / arrive


def test_the_known_case() -> None:
    """100 calls in half an hour, 180 s each, 10 people, patience 60 s."""
    found = service(Demand(100, 180, 60), 10, 20)
    assert found.waits == pytest.approx(0.423418, abs=1e-6)
    assert found.abandons == pytest.approx(0.157527, abs=1e-6)


@pytest.mark.parametrize(
    ("calls", "people"), [(100, 10), (5, 1), (1, 1), (400, 30), (2000, 250), (60, 20), (0.5, 3), (300, 60)]
)
def test_as_a_sum_over_all_states(calls: float, people: int) -> None:
    demand = Demand(calls, 240, 90)
    waits, abandons = birth_death(demand, people)
    found = service(demand, people, 0)
    assert found.waits == pytest.approx(waits, rel=1e-8)
    assert found.abandons == pytest.approx(abandons, rel=1e-6, abs=1e-12)
    assert found.in_time == pytest.approx(1 - waits, rel=1e-8)


def test_as_a_second_witness_says() -> None:
    for calls, people in ((100, 10), (40, 6), (250, 28)):
        other = ErlangA(arrival_rate=calls / 1800, service_rate=1 / 180, servers=people, patience_rate=1 / 60)
        found = service(Demand(calls, 180, 60), people, 20)
        assert (found.waits, found.abandons) == pytest.approx((other.prob_wait(), other.prob_abandon()), rel=1e-9)


@given(
    calls=st.floats(0.1, 3000),
    handle=st.floats(20, 1200),
    patience=st.floats(5, 1200),
    people=st.integers(1, 300),
    seconds=st.floats(0, 120),
)
def test_always_shares(calls: float, handle: float, patience: float, people: int, seconds: float) -> None:
    demand = Demand(calls, handle, patience)
    found, more = service(demand, people, seconds), service(demand, people + 1, seconds)
    for each in (found.waits, found.abandons, found.in_time):
        assert 0 <= each <= 1
    assert more.in_time >= found.in_time - 1e-9
    assert found.in_time + found.abandons <= 1 + 1e-9
    assert service(demand, people, seconds + 10).in_time >= found.in_time - 1e-9


def test_the_fewest_people_who_are_enough() -> None:
    demand = Demand(100, 180, 60)
    needed = people_needed(demand, 80, 20)
    assert service(demand, needed, 20).in_time >= 0.8 > service(demand, needed - 1, 20).in_time
    assert people_needed(Demand(0, 180, 60), 80, 20) == 0
    assert people_needed(Demand(0.1, 180, 60), 80, 20) == 1


def test_nobody_answers_nobody() -> None:
    found = service(Demand(10, 180, 60), 0, 20)
    assert (found.waits, found.abandons, found.in_time) == (1, 1, 0)


def test_shrinkage_is_of_those_who_are_planned() -> None:
    assert [with_shrinkage(9, percent) for percent in (0, 10, 15, 50)] == [9, 10, 11, 18]
    assert with_shrinkage(0, 30) == 0
