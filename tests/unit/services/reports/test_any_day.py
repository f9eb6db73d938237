"""Any calls at all: the floor, the facts and the kept sums say the same of them."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from hotline.domain.calls.call import Call
from hotline.domain.floor.figures import counted, counts_as
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.fact import fact_of
from hotline.domain.reports.scope import Axis, Scope, Value
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import split, values
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.calls.tables import call
from hotline.storage.reports.tables import report_call, report_day, report_menu
from hotline.storage.transaction import Storage
from tests.support.call_strategies import calls
from tests.support.instance import an_instance, at

DAY = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"))
LATER = at("2026-11-17 08:00")
_ANY = [name for name, figure in FIGURES.items() if Axis.HALF_HOUR in figure.axes]


@st.composite
def days(draw: st.DrawFn) -> list[Call]:
    """A few calls that arrive on the day and are over; what a telephone number is, and seconds that a column takes."""
    found = []
    for number, drawn in enumerate(draw(st.lists(calls(), max_size=8))):
        start = DAY.start + timedelta(milliseconds=draw(st.integers(0, 86_399_999)))
        end = start + timedelta(milliseconds=draw(st.integers(0, 10**7)))
        found.append(dataclasses.replace(drawn, node="n", linkedid=f"l{number}", started_at=start, ended_at=end))
    return found


@pytest.fixture
def in_force(tmp_path: Path) -> Settings:
    return an_instance(tmp_path, LATER).settings


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(days())
def test_each_counts_once_and_alike(sqlite_storage: Storage, in_force: Settings, made: list[Call]) -> None:
    """A11, G5: incoming is what the floor counts; half hours add up to the day; kept sums are the facts."""
    with sqlite_storage.writing() as tx:
        for table in (call, report_call, report_day, report_menu):
            tx.connection.execute(delete(table))
        CallStore(tx).save(made, LATER)
    rebuild(sqlite_storage, in_force, LATER)
    kept = _values(sqlite_storage, in_force)
    of_floor = [each for each in map(counted, made) if each is not None]
    assert kept["incoming"].value == len(of_floor)
    with sqlite_storage.reading() as tx:
        halves = split(tx, DAY, ["incoming"], Axis.HALF_HOUR, in_force)
    assert sum(each.values["incoming"].value or 0 for each in halves) == len(of_floor)
    with sqlite_storage.writing() as tx:
        tx.connection.execute(delete(report_day))
    assert _values(sqlite_storage, in_force) == kept


@given(calls())
def test_a_fact_counts_as_the_floor_says(any_call: Call) -> None:
    fact = fact_of(1, any_call, (), LATER)
    if fact is not None:
        assert fact.counts_as == (counts_as(any_call) or "")
        assert min(fact.wait_ms, fact.talk_ms, fact.hold_ms, fact.before_ms) >= 0


def _values(storage: Storage, in_force: Settings) -> dict[str, Value]:
    with storage.reading() as tx:
        return values(tx, DAY, _ANY, in_force)
