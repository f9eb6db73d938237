"""Figures of what is no call: counted by hand, as the features' own figures, and as their views."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, text

from hotline.domain.deadlines.kept import ClockName
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import How
from hotline.domain.reports.scope import Axis, Scope
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import rows as rows_of
from hotline.services.reports.figures import split, terms, values
from hotline.services.reports.view_making import make
from hotline.settings import Settings
from hotline.storage.callbacks.figures import OwedFigureStore
from hotline.storage.deadlines.figures import KeptFigureStore
from hotline.storage.deadlines.tables import deadline
from hotline.storage.reports.figure_store import FigureStore
from hotline.storage.reports.sources import SOURCES
from hotline.storage.satisfaction.figures import RatingFigureStore, RatingFilter
from hotline.storage.transaction import Storage
from hotline.storage.types import UtcDateTime
from tests.support import report_day as hand
from tests.support import report_rows
from tests.support.instance import an_instance, at

DAY = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return an_instance(tmp_path, hand.EVENING).settings


@pytest.fixture
def day(storage: Storage, settings: Settings) -> Storage:
    hand.put(storage)
    rebuild(storage, settings, hand.EVENING)
    with storage.writing() as tx:
        report_rows.put(tx.connection)
    return storage


def test_as_counted_by_hand(day: Storage, settings: Settings) -> None:
    """A9, B1, B6, D1, D2, E7, E9."""
    with day.reading() as tx:
        found = values(tx, DAY, report_rows.FIGURES, settings, hand.EVENING)
    wrong = {
        name: (found[name].value, expected)
        for name, expected in report_rows.FIGURES.items()
        if found[name].value != pytest.approx(expected, abs=0.0001)
    }
    assert not wrong


def test_as_the_features_own_figures(day: Storage, settings: Settings) -> None:
    """A9, B6, E9."""
    with day.reading() as tx:
        owed = OwedFigureStore(tx).between(DAY.start, DAY.end, hand.EVENING)
        kept = KeptFigureStore(tx).between(ClockName("promise"), DAY.start, DAY.end, hand.EVENING)
        rated = RatingFigureStore(tx).total(RatingFilter(DAY.start, DAY.end, settings.satisfaction.satisfied_from))
        names = (
            "callbacks_owed",
            "callback_closure",
            "callbacks_called_in_time",
            "promises_kept",
            "rating_mean",
            "satisfied",
        )
        ours = {name: each.value for name, each in values(tx, DAY, names, settings, hand.EVENING).items()}
    assert ours["callbacks_owed"] == owed.owed
    assert ours["callback_closure"] == pytest.approx(owed.closed_percent, abs=0.051)
    assert ours["callbacks_called_in_time"] == pytest.approx(100 * owed.in_time / (owed.in_time + owed.late), abs=0.001)
    assert ours["promises_kept"] == 100 * kept.kept / (kept.kept + kept.late + kept.broken)
    assert ours["rating_mean"] == pytest.approx(rated.mean, abs=0.051)
    assert ours["satisfied"] == pytest.approx(rated.satisfied_percent, abs=0.051)


def test_as_their_views(day: Storage, settings: Settings) -> None:
    """Each figure of the catalogue, on a day on which there is something of nearly each."""
    make(day, settings)
    nothing = []
    with day.reading() as tx:
        for name, figure in FIGURES.items():
            rows = tx.connection.execute(text(f"SELECT line, value FROM {figure.view} WHERE day = '2026-11-16'"))
            shown = {row.line: row.value for row in rows}
            for line in ("main", "parts") if Axis.LINE in figure.axes else ("",):
                scope = Scope(DAY.start, DAY.end, (line,) if line else ())
                expected = values(tx, scope, [name], settings, hand.EVENING)[name].value
                value = 0 if shown.get(line) is None and figure.taken.how is How.SUM else shown.get(line)
                assert (None if value is None else float(value)) == (
                    None if expected is None else pytest.approx(expected, abs=0.0001)
                ), (name, line)
            if not any(value for value in shown.values()):
                nothing.append(name)
    assert len(nothing) < 25, nothing


def test_each_figure_splits_by_each_of_its_axes(day: Storage, settings: Settings) -> None:
    """Sums over slices are the whole, along every axis."""
    with day.reading() as tx:
        for name, figure in FIGURES.items():
            if figure.taken.how is not How.SUM:
                continue
            whole = values(tx, DAY, [name], settings, hand.EVENING)[name].value
            for axis in sorted(figure.axes):
                parts = split(tx, DAY, [name], axis, settings, hand.EVENING)
                assert sum(each.values[name].value or 0 for each in parts) == pytest.approx(whole, abs=0.001), (
                    name,
                    axis,
                )


def test_d1_cases_are_parted_by_kind_severity_age_and_clock(day: Storage, settings: Settings) -> None:
    """And a department's complaints are of all calls, of which none is a department's."""
    with day.reading() as tx:

        def parts(name: str, axis: Axis, scope: Scope = DAY) -> dict[str, float | None]:
            found = split(tx, scope, [name], axis, settings, hand.EVENING)
            return {each.key: each.values[name].value for each in found}

        assert parts("cases_opened", Axis.CASE_KIND) == {"complaint": 2, "request": 1}
        assert parts("cases_opened", Axis.SEVERITY) == {"": 1, "medium": 1, "severe": 1}
        assert parts("cases_still_open", Axis.CASE_AGE) == {"00": 2}
        assert parts("case_clocks_kept", Axis.CLOCK) == {"case_arrival": 100, "case_first_answer": 0}
        a_thousand = parts("complaints_per_thousand", Axis.DEPARTMENT)
        assert a_thousand == {"": 0, "1": pytest.approx(2000 / 41, abs=0.0001)}
        theirs = replace(DAY, departments=(1,))
        [value] = values(tx, theirs, ["complaints_per_thousand"], settings, hand.EVENING).values()
        assert (value.value, value.of) == (a_thousand["1"], 41)


def test_d1_what_is_open_at_the_end_is_what_came_before_it_and_did_not_go(day: Storage, settings: Settings) -> None:
    """Three came at nine, and one of them went at two; the day before there was none, the next day nothing moved."""
    name, noon = "cases_open_at_end", Scope(at("2026-11-16 11:00"), at("2026-11-16 12:00"))
    around = Scope(at("2026-11-15 00:00"), at("2026-11-20 00:00"))
    with day.reading() as tx:
        assert values(tx, noon, [name], settings, hand.EVENING)[name].value == 3
        assert values(tx, around, [name], settings, hand.EVENING)[name].value == 2
        days = split(tx, around, [name], Axis.DAY, settings, hand.EVENING)
        assert [(each.key, each.values[name].value) for each in days] == [
            ("2026-11-15", 0),
            ("2026-11-16", 2),
            ("2026-11-17", 2),
        ]
        [month] = split(tx, around, [name], Axis.MONTH, settings, hand.EVENING)
        assert (month.key, month.values[name].value) == ("2026-11", 2)
        kinds = split(tx, noon, [name], Axis.CASE_KIND, settings, hand.EVENING)
        assert {each.key: each.values[name].value for each in kinds} == {"complaint": 2, "request": 1}
        assert rows_of(tx, noon, name, settings).ids == [3, 2, 1]
        assert rows_of(tx, around, name, settings).ids == [3, 2]


def test_d3_d5_the_first_answer_of_an_enquiry_and_the_response_of_a_repair_are_answers_too(
    day: Storage, settings: Settings
) -> None:
    due = report_rows.NINE + timedelta(hours=1)
    with day.writing() as tx:
        for clock, stopped in (("case_reply", report_rows.NINE), ("case_response", None)):
            times: dict[str, Any] = {"started_at": report_rows.NINE, "due_at": due, "stopped_at": stopped}
            report_rows.add(tx.connection, deadline, clock=clock, line="main", gaps=[], **times)
    with day.reading() as tx:
        [found] = values(tx, DAY, ["answered_in_due_time"], settings, hand.EVENING).values()
    assert found.of == 3 and found.value == pytest.approx(100 / 3, abs=0.01), "the complaint's was late"


@pytest.mark.parametrize(("days", "age"), [(2.9, "00"), (3, "03"), (7.9, "03"), (8, "08"), (30.9, "08"), (31, "31")])
def test_d1_an_open_case_is_as_old_as_its_whole_days(day: Storage, settings: Settings, days: float, age: str) -> None:
    now = report_rows.NINE + timedelta(days=days)
    with day.reading() as tx:
        [found] = split(tx, DAY, ["cases_still_open"], Axis.CASE_AGE, settings, now)
    assert (found.key, found.values["cases_still_open"].value) == (age, 2)


def test_f1_pauses_by_reason_are_the_time_paused(day: Storage, settings: Settings) -> None:
    make(day, settings)
    with day.reading() as tx:
        found = split(tx, DAY, ["state_paused"], Axis.PAUSE_REASON, settings, hand.EVENING)
        assert {each.key: each.values["state_paused"].value for each in found} == {"meal": 3600}
        asked = text("SELECT reason, state_paused FROM figure_pauses WHERE day = '2026-11-16'")
        assert [tuple(row) for row in tx.connection.execute(asked)] == [("meal", 3_600_000_000)]
        asked = text("SELECT clock, case_clocks_kept, case_clocks_due FROM figure_clocks ORDER BY clock")
        assert [tuple(row) for row in tx.connection.execute(asked)] == [
            ("case_arrival", 1, 1),
            ("case_first_answer", 0, 1),
        ]


@pytest.mark.parametrize("axis", [Axis.DAY, Axis.WEEK, Axis.MONTH, Axis.WEEKDAY])
@pytest.mark.parametrize("start", ["2026-11-01 00:00", "2026-11-16 12:00:00.000001", "2026-11-16 18:00"])
def test_day_for_day_is_grouped_by_day(day: Storage, settings: Settings, axis: Axis, start: str) -> None:
    """B1: records are so many that each day of them is asked for by itself, the first and the last as far as asked."""
    many = SOURCES["record_clocks"]
    columns = "clock, rule, line, term, by_setting, started_at, gaps, stopped_at, counted_by"
    copied = (
        f"INSERT INTO deadline ({columns}, object_id, due_at) SELECT {columns}, :id, :due"
        " FROM deadline WHERE clock = 'record' ORDER BY id LIMIT 1"
    )
    question = text(copied).bindparams(bindparam("due", type_=UtcDateTime()))
    edges = ("2026-11-14 23:59:59.999999", "2026-11-15", "2026-11-16 12:00", "2026-11-17 23:00", "2026-11-18 12:00")
    with day.writing() as tx:
        for number, due in enumerate(map(at, edges), 10**9):
            tx.connection.execute(question, {"due": due, "id": number})
    scope = Scope(at(start), at("2026-11-18 12:00"))
    with day.reading() as tx:
        store = FigureStore(tx, terms(settings), hand.EVENING)
        one, other = (
            store.sums(replace(many, in_order=each), list(many.measures), scope, axis) for each in (True, False)
        )
    assert one == other and one
